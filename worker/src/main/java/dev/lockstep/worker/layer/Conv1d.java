package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.conv1d;

import java.util.List;

/**
 * One-dimensional convolution (cross-correlation), as {@code torch.nn.Conv1d}.
 *
 * <pre>
 *   y[n, o] = b[o] + Σ over c of W[o, c] ⋆ x[n, c]        W [out, in / groups, kernel], b [out]
 * </pre>
 *
 * @param out channels that come out
 */
public record Conv1d(
        int out,
        int kernel,
        int stride,
        Padding padding,
        int dilation,
        int groups,
        boolean bias,
        PaddingMode paddingMode)
        implements Layer {
    public Conv1d {
        new Convolution(
                out, new int[] {kernel}, new int[] {stride}, padding, new int[] {dilation}, groups, paddingMode);
    }

    public Conv1d(int out, int kernel) {
        this(out, kernel, 1, Padding.of(0), 1, 1, true, PaddingMode.ZEROS);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        Convolution settings = settings();
        List<Integer> output = settings.output(input, scope);
        int w = settings.weight(input, scope);
        int b = bias ? settings.bias(input, scope) : Scope.NONE;
        long[] strides = {stride};
        long[] dilations = {dilation};
        long[] paddings = settings.paddings();
        return new Unit(
                output,
                (x, pass) -> conv1d(
                        settings.padded(x), pass.parameter(w), pass.optional(b), strides, paddings, dilations, groups));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return settings().torchScript("conv1d", bias, x, script);
    }

    private Convolution settings() {
        return new Convolution(
                out, new int[] {kernel}, new int[] {stride}, padding, new int[] {dilation}, groups, paddingMode);
    }
}
