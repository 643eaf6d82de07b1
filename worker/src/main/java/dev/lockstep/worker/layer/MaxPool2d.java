package dev.lockstep.worker.layer;

import static org.bytedeco.pytorch.global.torch.max_pool2d;

import java.util.List;

/**
 * The largest value of each window, as {@code torch.nn.MaxPool2d}.
 *
 * @param stride equal to the kernel if not given
 */
public record MaxPool2d(Size2d kernel, Size2d stride, Size2d padding, Size2d dilation, boolean ceilMode)
        implements Layer {
    public MaxPool2d {
        stride = stride == null ? kernel : stride;
        kernel.requireAtLeast(1, "kernel");
        stride.requireAtLeast(1, "stride");
        padding.requireAtLeast(0, "padding");
        dilation.requireAtLeast(1, "dilation");
        Pooling.requireSmallPadding(kernel, padding);
    }

    public MaxPool2d(Size2d kernel) {
        this(kernel, null, new Size2d(0), new Size2d(1), false);
    }

    @Override
    public Unit unit(List<Integer> input, Scope scope) {
        List<Integer> output = new Pooling(kernel, stride, padding, dilation, ceilMode).output(input, scope);
        long[] kernels = kernel.asLongs();
        long[] strides = stride.asLongs();
        long[] paddings = padding.asLongs();
        long[] dilations = dilation.asLongs();
        return new Unit(output, (x, pass) -> max_pool2d(x, kernels, strides, paddings, dilations, ceilMode));
    }

    @Override
    public String torchScript(List<Integer> input, String x, ScriptScope script) {
        return script.call("max_pool2d", x, kernel, stride, padding, dilation, ceilMode);
    }
}
