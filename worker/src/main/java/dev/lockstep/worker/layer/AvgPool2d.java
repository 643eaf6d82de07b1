package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.avg_pool2d;

import java.util.List;
import org.bytedeco.pytorch.LongOptional;

/**
 * The mean of each window, as {@code torch.nn.AvgPool2d}.
 *
 * @param stride equal to the kernel if not given
 * @param countIncludePad whether the padding's zeros count in the mean
 * @param divisorOverride what the sum is divided by; null for the number of values
 */
public record AvgPool2d(
        Size2d kernel,
        Size2d stride,
        Size2d padding,
        boolean ceilMode,
        boolean countIncludePad,
        Integer divisorOverride)
        implements Layer {
    public AvgPool2d {
        stride = stride == null ? kernel : stride;
        kernel.requireAtLeast(1, "kernel");
        stride.requireAtLeast(1, "stride");
        padding.requireAtLeast(0, "padding");
        Pooling.requireSmallPadding(kernel, padding);
        if (divisorOverride != null && divisorOverride == 0) {
            throw new IllegalArgumentException("divisor_override must not be 0: divisor_override=" + divisorOverride);
        }
    }

    public AvgPool2d(Size2d kernel) {
        this(kernel, null, new Size2d(0), false, true, null);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        Pooling pooling = new Pooling(kernel, stride, padding, new Size2d(1), ceilMode);
        long[] kernels = kernel.asLongs();
        long[] strides = stride.asLongs();
        long[] paddings = padding.asLongs();
        return new Unit(
                pooling.output(input, scope),
                (x, pass) -> avg_pool2d(x, kernels, strides, paddings, ceilMode, countIncludePad, divisor()));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call(
                "avg_pool2d",
                x,
                kernel,
                stride,
                padding,
                ceilMode,
                countIncludePad,
                divisorOverride == null ? ScriptScope.NONE : divisorOverride);
    }

    private LongOptional divisor() {
        return divisorOverride == null ? new LongOptional() : new LongOptional(divisorOverride);
    }
}
