package dev.lockstep.worker;

import dev.lockstep.params.Parameter;
import dev.lockstep.worker.layer.BufferInit;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The values of many named tensors, one after the other, and for each a tensor that is a view on its part.
 *
 * <p>On the CPU there is one memory. For a GPU there are two, and whoever changes one copies it to the other.
 */
final class FlatVector implements AutoCloseable {
    private final List<Parameter> tensors;
    /** Null where the tensor has memory of its own. */
    private final FloatBuffer memory;

    private final Tensor host;
    private final Tensor device;
    private final Tensor[] views;

    /**
     * @param where the views are
     */
    FlatVector(List<Parameter> tensors, ScalarType type, Placement where) {
        this(tensors, type, where, Tensors.zerosOnHost(where, type, total(tensors, type)), null);
    }

    /**
     * A vector in memory that is somebody else's, with the values that are there.
     *
     * @param memory as long as all tensors, direct and native-ordered; must outlive this
     */
    FlatVector(List<Parameter> tensors, FloatBuffer memory, Placement where) {
        this(tensors, ScalarType.Float, where, Tensors.over(memory), memory);
    }

    private FlatVector(List<Parameter> tensors, ScalarType type, Placement where, Tensor host, FloatBuffer memory) {
        this.tensors = tensors;
        this.memory = memory;
        this.host = host;
        this.device = where.isOnHost() ? host : host.to(where.torch(), type);
        this.views = moreViews();
    }

    private static long total(List<Parameter> tensors, ScalarType type) {
        long total = tensors.stream().mapToLong(Parameter::size).sum();
        int bytes = type == ScalarType.Double ? Double.BYTES : Float.BYTES;
        if (total * bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("A flat vector of " + type + " holds at most "
                    + Integer.MAX_VALUE / bytes + " values: values=" + total);
        }

        return total;
    }

    /** One per tensor, in order; live. */
    Tensor[] views() {
        return views;
    }

    /** The same once more, which autograd tells from the others; the caller's to close. */
    Tensor[] moreViews() {
        Tensor[] made = new Tensor[tensors.size()];
        long start = 0;
        for (int i = 0; i < made.length; i++) {
            made[i] = Tensors.view(device, start, tensors.get(i));
            start += tensors.get(i).size();
        }
        return made;
    }

    /** All values; live, valid until {@link #close}. */
    FloatBuffer floats() {
        if (memory != null) {
            return memory;
        }
        if (host.numel() == 0) {
            // libtorch has no address for nothing.
            return FloatBuffer.allocate(0);
        }
        try (FloatPointer pointer = host.data_ptr_float()) {
            return pointer.capacity(host.numel()).asBuffer();
        }
    }

    /** All values, where they are doubles; live, valid until {@link #close}. */
    DoubleBuffer doubles() {
        if (host.numel() == 0) {
            return DoubleBuffer.allocate(0);
        }
        try (DoublePointer pointer = host.data_ptr_double()) {
            return pointer.capacity(host.numel()).asBuffer();
        }
    }

    /** Gives every tensor its first values. */
    void start(List<BufferInit> inits) {
        int start = 0;
        for (BufferInit init : inits) {
            float[] values = init.values();
            Tensors.put(values, host, start);
            start += values.length;
        }
        toDevice();
    }

    /** Makes all values 0. */
    void clear() {
        host.zero_();
        toDevice();
    }

    void toDevice() {
        if (device != host) {
            device.copy_(host);
        }
    }

    void toHost() {
        if (device != host) {
            host.copy_(device);
        }
    }

    @Override
    public void close() {
        for (Tensor view : views) {
            view.close();
        }
        if (device != host) {
            device.close();
        }
        host.close();
    }
}
