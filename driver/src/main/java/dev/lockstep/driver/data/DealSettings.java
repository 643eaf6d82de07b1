package dev.lockstep.driver.data;

import dev.lockstep.driver.job.Train;

/**
 * What dealing depends on besides the data.
 *
 * @param workers partitions that come out
 * @param batch examples in a batch, all workers together
 * @param seed of the order of the examples and of the choice of those held out
 * @param dropLast whether a training epoch leaves out a last batch that is smaller than the others
 */
public record DealSettings(int workers, int batch, long seed, boolean dropLast) {
    public DealSettings {
        if (workers < 1 || batch < 1) {
            throw new IllegalArgumentException(
                    "workers and batch must be above 0: workers=" + workers + ", batch=" + batch);
        }
    }

    public DealSettings(int workers, int batch, long seed) {
        this(workers, batch, seed, /* dropLast */ false);
    }

    /** Of a job. */
    public static DealSettings of(Train train) {
        return new DealSettings(train.workers(), train.batch(), train.seed(), train.dropLast());
    }
}
