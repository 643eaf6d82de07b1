package dev.lockstep.worker;

import dev.lockstep.losses.Tensor;
import dev.lockstep.params.Parameter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between libtorch's tensors, our own, and shapes. */
final class Tensors {
    private Tensors() {}

    static org.bytedeco.pytorch.Tensor zeros(ScalarType type, long... shape) {
        try (TensorOptions options = new TensorOptions(type)) {
            return torch.zeros(shape, options);
        }
    }

    /** Rows in the host's memory; pinned where a GPU reads them. */
    static org.bytedeco.pytorch.Tensor host(Device device, long... shape) {
        try (TensorOptions options = new TensorOptions(ScalarType.Float);
                TensorOptions pinned = options.pinned_memory(new BoolOptional(device == Device.CUDA))) {
            return torch.zeros(shape, pinned);
        }
    }

    static org.bytedeco.pytorch.Device torch(Device device) {
        return new org.bytedeco.pytorch.Device(device.toString());
    }

    static void fill(org.bytedeco.pytorch.Tensor tensor, double value) {
        try (Scalar scalar = new Scalar(value)) {
            tensor.fill_(scalar);
        }
    }

    /** A leaf on a part of {@code flat}, with a version counter of its own: writing to one view does not make the others stale. */
    static org.bytedeco.pytorch.Tensor view(org.bytedeco.pytorch.Tensor flat, long start, Parameter parameter) {
        try (org.bytedeco.pytorch.Tensor part = flat.narrow(0, start, parameter.size());
                org.bytedeco.pytorch.Tensor shaped = part.view(longs(parameter.shape()))) {
            return shaped.variable_data();
        }
    }

    static long[] longs(List<Integer> shape) {
        return shape.stream().mapToLong(Integer::longValue).toArray();
    }

    /** The shape of so many examples. */
    static long[] batch(long count, List<Integer> example) {
        return LongStream.concat(LongStream.of(count), LongStream.of(longs(example)))
                .toArray();
    }

    /** Copies the values out of native memory. */
    static Tensor doubles(org.bytedeco.pytorch.Tensor tensor) {
        int[] shape = IntStream.range(0, (int) tensor.dim())
                .map(d -> (int) tensor.size(d))
                .toArray();
        double[] values = new double[Math.toIntExact(tensor.numel())];
        return Natives.freeing(() -> {
            DoublePointer from =
                    tensor.detach().cpu().to(ScalarType.Double).contiguous().data_ptr_double();
            from.capacity(values.length).get(values);
            return Tensor.of(values, shape);
        });
    }

    /** Copies the values into native memory, in another tensor's type and on its device. */
    static org.bytedeco.pytorch.Tensor like(org.bytedeco.pytorch.Tensor other, Tensor values) {
        long[] shape = IntStream.of(values.shape()).asLongStream().toArray();
        org.bytedeco.pytorch.Tensor copy = zeros(ScalarType.Double, shape);
        copy.data_ptr_double().capacity(values.size()).put(values.data());
        return copy.to(other);
    }
}
