package dev.lockstep.driver.data.source.image;

/**
 * Scales a plane of pixels by linear interpolation between the centres of pixels, as PyTorch's {@code
 * interpolate(mode="bilinear", align_corners=False)} does: without smoothing before it shrinks. A plane of the right
 * size is copied.
 */
record Bilinear(int fromHeight, int fromWidth, int toHeight, int toWidth) {

    void scale(float[] plane, float[] into, int start) {
        for (int y = 0; y < toHeight; y++) {
            float sourceY = source(y, fromHeight, toHeight);
            int top = (int) sourceY * fromWidth;
            int bottom = Math.min((int) sourceY + 1, fromHeight - 1) * fromWidth;
            float down = sourceY - (int) sourceY;
            for (int x = 0; x < toWidth; x++) {
                float sourceX = source(x, fromWidth, toWidth);
                int left = (int) sourceX;
                int right = Math.min(left + 1, fromWidth - 1);
                float across = sourceX - left;
                float above = plane[top + left] + across * (plane[top + right] - plane[top + left]);
                float below = plane[bottom + left] + across * (plane[bottom + right] - plane[bottom + left]);
                into[start + y * toWidth + x] = above + down * (below - above);
            }
        }
    }

    private static float source(int index, int from, int to) {
        return Math.max(0, (index + 0.5f) * from / to - 0.5f);
    }
}
