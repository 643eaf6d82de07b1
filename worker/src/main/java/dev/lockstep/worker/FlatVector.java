package dev.lockstep.worker;

import dev.lockstep.params.Parameter;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The values of many named tensors, one after the other in native memory, and for each a tensor that is a view on its part. */
final class FlatVector implements AutoCloseable {
    private final Tensor flat;
    private final Tensor[] views;

    FlatVector(List<Parameter> tensors, ScalarType type) {
        long total = tensors.stream().mapToLong(Parameter::size).sum();
        if (total * Float.BYTES > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "A flat vector holds at most " + Integer.MAX_VALUE / Float.BYTES + " values: values=" + total);
        }

        this.flat = Tensors.zeros(type, total);
        this.views = new Tensor[tensors.size()];
        long start = 0;
        for (int i = 0; i < views.length; i++) {
            views[i] = Tensors.view(flat, start, tensors.get(i));
            start += tensors.get(i).size();
        }
    }

    /** One per tensor, in order; live. */
    Tensor[] views() {
        return views;
    }

    /** All values; live, valid until {@link #close}. */
    FloatBuffer floats() {
        try (FloatPointer pointer = flat.data_ptr_float()) {
            return pointer.capacity(flat.numel()).asBuffer();
        }
    }

    /** All values, where they are doubles; live, valid until {@link #close}. */
    DoubleBuffer doubles() {
        try (DoublePointer pointer = flat.data_ptr_double()) {
            return pointer.capacity(flat.numel()).asBuffer();
        }
    }

    @Override
    public void close() {
        for (Tensor view : views) {
            view.close();
        }
        flat.close();
    }
}
