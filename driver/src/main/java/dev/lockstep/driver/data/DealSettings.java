package dev.lockstep.driver.data;

/**
 * What dealing depends on besides the data.
 *
 * @param workers partitions that come out
 * @param batch examples in a batch, all workers together
 * @param seed of the order of the examples and of the choice of those held out
 */
public record DealSettings(int workers, int batch, long seed) {
    public DealSettings {
        if (workers < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "workers and batch must be above 0: workers=" + workers + ", batch=" + batch);
        }
    }
}
