package dev.lockstep.worker.layer;

/** How many places a sliding window has; the arithmetic of convolutions and poolings in one direction. */
final class Window {
    private Window() {}

    /**
     * <pre>
     *   places = ⌊(extent + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1
     * </pre>
     *
     * Below 1 when the window does not fit.
     */
    static int places(int extent, int kernel, int stride, int padding, int dilation) {
        return Math.floorDiv(extent + 2 * padding - dilation * (kernel - 1) - 1, stride) + 1;
    }

    /** The same, rounded up, but no window begins behind the input and its left padding. */
    static int placesRoundedUp(int extent, int kernel, int stride, int padding, int dilation) {
        int span = extent + 2 * padding - dilation * (kernel - 1) - 1;
        int places = Math.floorDiv(span + stride - 1, stride) + 1;
        return (places - 1) * stride >= extent + padding ? places - 1 : places;
    }
}
