package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.pad;

import dev.lockstep.losses.NumberChecks;
import dev.lockstep.params.init.Fans;
import dev.lockstep.params.init.LayerDefaults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;

/** What convolutions in one and in two directions share. The arrays have one entry per direction. */
record Convolution(int out, int[] kernel, int[] stride, Padding padding, int[] dilation, int groups, PaddingMode mode) {
    Convolution {
        NumberChecks.requirePositive("out", out);
        NumberChecks.requirePositive("groups", groups);
        for (int d = 0; d < kernel.length; d++) {
            NumberChecks.requirePositive("kernel", kernel[d]);
            NumberChecks.requirePositive("stride", stride[d]);
            NumberChecks.requirePositive("dilation", dilation[d]);
        }
        padding.require(kernel.length, longs(stride));
        if (out % groups != 0) {
            throw new IllegalArgumentException("out must be divisible by groups: out=" + out + ", groups=" + groups);
        }
    }

    /** The extents that come out. */
    List<Integer> output(List<Integer> input, Scope scope) {
        if (input.size() != kernel.length + 1 || input.get(0) % groups != 0) {
            throw scope.refuse(
                    input,
                    kernel.length == 1
                            ? "[channels divisible by " + groups + ", length]"
                            : "[channels divisible by " + groups + ", height, width]");
        }

        List<Integer> output = new ArrayList<>(List.of(out));
        for (int d = 0; d < kernel.length; d++) {
            int padded = Math.addExact(input.get(d + 1), padding.total(d, kernel[d], dilation[d]));
            int places = Window.places(padded, kernel[d], stride[d], 0, dilation[d]);
            if (places < 1) {
                throw scope.refuse(
                        input,
                        "an input no smaller than the kernel: kernel=" + kernel[d] + ", dilation=" + dilation[d]
                                + ", extent with padding=" + padded);
            }
            output.add(places);
        }

        return output;
    }

    int weight(List<Integer> input, Scope scope) {
        return scope.parameter("weight", weightShape(input), LayerDefaults.weight());
    }

    int bias(List<Integer> input, Scope scope) {
        long in = Fans.of(weightShape(input)).in();
        return scope.parameter("bias", List.of(out), LayerDefaults.bias(in));
    }

    private List<Integer> weightShape(List<Integer> input) {
        List<Integer> shape = new ArrayList<>(List.of(out, input.get(0) / groups));
        for (int extent : kernel) {
            shape.add(extent);
        }

        return shape;
    }

    /** Whether libtorch's own padding does: zeros, and as many before as behind. */
    boolean padsEvenly() {
        boolean even = mode == PaddingMode.ZEROS;
        for (int d = 0; d < kernel.length; d++) {
            even &= padding.total(d, kernel[d], dilation[d]) == 2 * padding.before(d, kernel[d], dilation[d]);
        }

        return even;
    }

    /** The padding that libtorch's convolution is to add. */
    long[] paddings() {
        long[] paddings = new long[kernel.length];
        for (int d = 0; padsEvenly() && d < kernel.length; d++) {
            paddings[d] = padding.before(d, kernel[d], dilation[d]);
        }

        return paddings;
    }

    /** The input with the padding that libtorch's convolution cannot add. */
    Tensor padded(Tensor input) {
        return padsEvenly() ? input : pad(input, margins(), mode.torch(), new DoubleOptional());
    }

    /** Before and behind, the last direction first, as PyTorch counts here. */
    private long[] margins() {
        long[] margins = new long[2 * kernel.length];
        for (int d = 0; d < kernel.length; d++) {
            int at = 2 * (kernel.length - 1 - d);
            margins[at] = padding.before(d, kernel[d], dilation[d]);
            margins[at + 1] = padding.total(d, kernel[d], dilation[d]) - margins[at];
        }

        return margins;
    }

    /** The same in TorchScript's language. */
    String torchScript(String function, boolean bias, String x, ScriptScope script) {
        String margins = Arrays.toString(margins());
        return script.call(
                function,
                padsEvenly() ? x : script.call("pad", x, margins, "\"" + mode.torch() + "\""),
                script.tensor("weight"),
                script.optional(bias, "bias"),
                Arrays.toString(stride),
                Arrays.toString(paddings()),
                Arrays.toString(dilation),
                groups);
    }

    static long[] longs(int[] values) {
        long[] longs = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            longs[i] = values[i];
        }

        return longs;
    }
}
