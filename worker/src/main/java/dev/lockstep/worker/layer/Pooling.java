package dev.lockstep.worker.layer;

import java.util.List;

/** The shape that a pooling gives. */
record Pooling(Size2d kernel, Size2d stride, Size2d padding, Size2d dilation, boolean ceilMode) {
    /** PyTorch's rule: else a window could lie in the padding alone. */
    static void requireSmallPadding(Size2d kernel, Size2d padding) {
        if (padding.height() > kernel.height() / 2 || padding.width() > kernel.width() / 2) {
            throw new IllegalArgumentException(
                    "padding must be at most half of the kernel: padding=" + padding + ", kernel=" + kernel);
        }
    }

    List<Integer> output(List<Integer> input, Scope scope) {
        if (input.size() != 3) {
            throw scope.refuse(input, "[channels, height, width]");
        }

        int high = places(input.get(1), kernel.height(), stride.height(), padding.height(), dilation.height());
        int wide = places(input.get(2), kernel.width(), stride.width(), padding.width(), dilation.width());
        if (high < 1 || wide < 1) {
            throw scope.refuse(input, "an image no smaller than the kernel: kernel=" + kernel);
        }

        return List.of(input.get(0), high, wide);
    }

    private int places(int extent, int size, int step, int margin, int spread) {
        return ceilMode
                ? Window.placesRoundedUp(extent, size, step, margin, spread)
                : Window.places(extent, size, step, margin, spread);
    }
}
