package dev.lockstep.worker;

import dev.lockstep.losses.Tensor;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.safetensors.NamedValues;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between libtorch's tensors, our own, and shapes. */
public final class Tensors {
    private Tensors() {}

    public static org.bytedeco.pytorch.Tensor zeros(ScalarType type, long... shape) {
        return zerosOnHost(Placement.CPU, type, shape);
    }

    /** In the host's memory; pinned where a GPU is its reader. */
    static org.bytedeco.pytorch.Tensor zerosOnHost(Placement reader, ScalarType type, long... shape) {
        try (TensorOptions plain = new TensorOptions(type);
                BoolOptional pinned = new BoolOptional(!reader.isOnHost());
                TensorOptions options = plain.pinned_memory(pinned)) {
            return torch.zeros(shape, options);
        }
    }

    /** A one-dimensional view on memory that somebody else keeps: direct and native-ordered. */
    static org.bytedeco.pytorch.Tensor over(FloatBuffer memory) {
        try (TensorOptions options = new TensorOptions(ScalarType.Float)) {
            return torch.from_blob(new FloatPointer(memory), new long[] {memory.capacity()}, options);
        }
    }

    /** Writes some values into a one-dimensional tensor of any type. */
    static void put(float[] values, org.bytedeco.pytorch.Tensor into, long start) {
        Natives.freeing(() -> {
            org.bytedeco.pytorch.Tensor copy = zeros(ScalarType.Float, values.length);
            copy.data_ptr_float().capacity(values.length).put(values);
            return into.narrow(0, start, values.length).copy_(copy);
        });
    }

    /** A copy of a named tensor, in the type in which files store it. */
    public static org.bytedeco.pytorch.Tensor of(NamedValues named) {
        float[] values = new float[named.parameter().size()];
        named.values().duplicate().get(values);
        org.bytedeco.pytorch.Tensor copy =
                zeros(ScalarType.Float, longs(named.parameter().shape()));
        copy.data_ptr_float().capacity(values.length).put(values);
        return named.dtype().isWhole() ? copy.to(ScalarType.Long) : copy;
    }

    /** Copies all values out of native memory, last index fastest. */
    public static float[] floats(org.bytedeco.pytorch.Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        return Natives.freeing(() -> {
            org.bytedeco.pytorch.Tensor from =
                    tensor.detach().cpu().to(ScalarType.Float).contiguous();
            from.data_ptr_float().capacity(values.length).get(values);
            return values;
        });
    }

    public static List<Integer> shape(org.bytedeco.pytorch.Tensor tensor) {
        return IntStream.range(0, (int) tensor.dim())
                .map(d -> Math.toIntExact(tensor.size(d)))
                .boxed()
                .toList();
    }

    /** What libtorch or a TorchScript says of its own error, without the stack traces around it. */
    public static String reason(Exception e) {
        List<String> lines = String.valueOf(e.getMessage()).lines().toList();
        return lines.stream()
                .filter(line -> line.contains("Error: "))
                .findFirst()
                .orElse(lines.isEmpty() ? "" : lines.get(0));
    }

    /**
     * A leaf on a part of {@code flat}, with a version counter of its own: writing to one view does not make the others
     * stale.
     */
    static org.bytedeco.pytorch.Tensor view(org.bytedeco.pytorch.Tensor flat, long start, Parameter parameter) {
        try (org.bytedeco.pytorch.Tensor part = flat.narrow(0, start, parameter.size());
                org.bytedeco.pytorch.Tensor shaped = part.view(longs(parameter.shape()))) {
            return shaped.variable_data();
        }
    }

    /** What libtorch says of its own errors first; the rest is a native stack trace. */
    static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    static long[] longs(List<Integer> shape) {
        return shape.stream().mapToLong(Integer::longValue).toArray();
    }

    /** The shape of so many examples. */
    public static long[] batch(long count, List<Integer> example) {
        return LongStream.concat(LongStream.of(count), LongStream.of(longs(example)))
                .toArray();
    }

    /** Copies the values out of native memory. */
    static Tensor doubles(org.bytedeco.pytorch.Tensor tensor) {
        int[] shape = new int[(int) tensor.dim()];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = Math.toIntExact(tensor.size(d));
        }

        double[] values = new double[Math.toIntExact(tensor.numel())];
        if (values.length > 0 && isPlain(tensor) && tensor.is_contiguous()) {
            widen(tensor, values);
            return Tensor.of(values, shape);
        }
        return Natives.freeing(() -> {
            DoublePointer from =
                    tensor.detach().cpu().to(ScalarType.Double).contiguous().data_ptr_double();
            from.capacity(values.length).get(values);
            return Tensor.of(values, shape);
        });
    }

    /** Whether a tensor's floats are where Java can reach them: then its values need no tensors between. */
    private static boolean isPlain(org.bytedeco.pytorch.Tensor tensor) {
        return tensor.is_cpu() && tensor.scalar_type().intern() == ScalarType.Float;
    }

    private static void widen(org.bytedeco.pytorch.Tensor from, double[] into) {
        float[] floats = new float[into.length];
        from.data_ptr_float().capacity(floats.length).get(floats);
        for (int i = 0; i < into.length; i++) {
            into[i] = floats[i];
        }
    }

    /** Copies the values into native memory, in another tensor's type and on its device. */
    static org.bytedeco.pytorch.Tensor like(org.bytedeco.pytorch.Tensor other, Tensor values) {
        long[] shape = IntStream.of(values.shape()).asLongStream().toArray();
        if (isPlain(other)) {
            return narrowed(values.data(), shape);
        }

        org.bytedeco.pytorch.Tensor copy = zeros(ScalarType.Double, shape);
        copy.data_ptr_double().capacity(values.size()).put(values.data());
        return copy.to(other);
    }

    private static org.bytedeco.pytorch.Tensor narrowed(double[] values, long[] shape) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }

        org.bytedeco.pytorch.Tensor copy = zeros(ScalarType.Float, shape);
        copy.data_ptr_float().capacity(floats.length).put(floats);
        return copy;
    }
}
