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
        return atLeastNone(Math.floorDiv(span(extent, kernel, padding, dilation), stride) + 1);
    }

    /** The same, rounded up, but no window begins behind the input and its left padding. */
    static int placesRoundedUp(int extent, int kernel, int stride, int padding, int dilation) {
        long span = span(extent, kernel, padding, dilation);
        long places = Math.floorDiv(span + stride - 1, stride) + 1;
        return atLeastNone((places - 1) * stride >= (long) extent + padding ? places - 1 : places);
    }

    private static long span(long extent, long kernel, long padding, long dilation) {
        return extent + 2 * padding - dilation * (kernel - 1) - 1;
    }

    private static int atLeastNone(long places) {
        return Math.toIntExact(Math.max(0, places));
    }
}
