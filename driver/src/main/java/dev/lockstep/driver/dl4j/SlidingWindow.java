package dev.lockstep.driver.dl4j;

import dev.lockstep.worker.layer.Padding;
import dev.lockstep.worker.layer.Size2d;
import java.util.List;

/**
 * The window of one of Deeplearning4j's convolutions or poolings.
 *
 * @param padding in front and behind; not looked at in mode SAME
 * @param same whether what comes out is as large as what comes in, divided by the stride and rounded up
 */
record SlidingWindow(Size2d kernel, Size2d stride, Size2d padding, Size2d dilation, boolean same) {
    /**
     * How a pooling says it.
     *
     * @param ceilMode whether a window that reaches over the end counts
     */
    record Pooled(Size2d padding, boolean ceilMode) {}

    static SlidingWindow of(SourceLayer layer) {
        String mode = layer.text("convolutionMode", "Truncate");
        if (mode.equals("Causal")) {
            throw layer.refusal("it is causal: convolutionMode=" + mode);
        }
        return new SlidingWindow(
                layer.size("kernelSize", 1),
                layer.size("stride", 1),
                layer.size("padding", 0),
                layer.size("dilation", 1),
                mode.equals("Same"));
    }

    Padding paddingOfConvolution(SourceLayer layer, List<Integer> image) {
        if (!same) {
            return Padding.of(padding.height(), padding.width());
        }
        if (stride.equals(new Size2d(1))) {
            return Padding.SAME;
        }
        int height = height(image);
        int width = width(image);
        if (height % 2 != 0 || width % 2 != 0) {
            throw layer.refusal("it pads more behind than in front, with a stride: image=" + image + ", kernelSize="
                    + kernel + ", stride=" + stride);
        }
        return Padding.of(height / 2, width / 2);
    }

    Pooled pooled(SourceLayer layer, List<Integer> image) {
        if (!same) {
            return new Pooled(padding, /* ceilMode */ false);
        }
        int height = height(image);
        int width = width(image);
        if (height % 2 == 0 && width % 2 == 0) {
            return new Pooled(new Size2d(height / 2, width / 2), /* ceilMode */ false);
        }
        // One row or column too few behind is the window that reaches over the end.
        if (height > 1 || width > 1 || misses(image.get(1), true) || misses(image.get(2), false)) {
            throw layer.refusal("it pads more behind than in front: image=" + image + ", kernelSize=" + kernel
                    + ", stride=" + stride);
        }
        return new Pooled(new Size2d(0), /* ceilMode */ true);
    }

    /** Whether rounding up makes another number of windows than mode SAME does. */
    private boolean misses(int extent, boolean vertical) {
        int step = vertical ? stride.height() : stride.width();
        int covered =
                vertical ? covered(kernel.height(), dilation.height()) : covered(kernel.width(), dilation.width());
        return ceil(extent - covered, step) + 1 != ceil(extent, step);
    }

    private int height(List<Integer> image) {
        return total(image.get(1), covered(kernel.height(), dilation.height()), stride.height());
    }

    private int width(List<Integer> image) {
        return total(image.get(2), covered(kernel.width(), dilation.width()), stride.width());
    }

    /** What mode SAME puts in front and behind, together. */
    private static int total(int extent, int covered, int stride) {
        return Math.max(0, (ceil(extent, stride) - 1) * stride + covered - extent);
    }

    private static int covered(int kernel, int dilation) {
        return (kernel - 1) * dilation + 1;
    }

    private static int ceil(int extent, int stride) {
        return (extent + stride - 1) / stride;
    }
}
