package dev.lockstep.driver.template;

/**
 * How long a network is trained where nobody says it.
 *
 * @param batch a power of two, so that an epoch has about 32 batches
 * @param epochs about 2000 steps, and for many rows at least some epochs
 */
public record Length(int batch, int epochs) {
    private static final int SMALLEST_BATCH = 32;
    private static final int LARGEST_BATCH = 256;
    private static final int BATCHES = 32;
    private static final int STEPS = 2_000;
    private static final int MOST_EPOCHS = 100;
    private static final int LEAST_EPOCHS = 5;

    /** For so many rows of a table. */
    public static Length of(long rows) {
        int batch = SMALLEST_BATCH;
        while (batch < LARGEST_BATCH && (long) batch * BATCHES < rows) {
            batch *= 2;
        }
        return new Length(batch, epochs(rows, batch, STEPS));
    }

    /** For so many images, whose steps take longer. */
    static Length ofImages(long rows) {
        return new Length(2 * SMALLEST_BATCH, epochs(rows, 2 * SMALLEST_BATCH, STEPS / 2));
    }

    private static int epochs(long rows, int batch, int wanted) {
        long steps = Math.max(1, (rows + batch - 1) / batch);
        return (int) Math.max(LEAST_EPOCHS, Math.min(MOST_EPOCHS, (wanted + steps - 1) / steps));
    }
}
