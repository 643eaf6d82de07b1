package dev.lockstep.dl4j.data;

import org.apache.spark.Partitioner;

/** One partition for each worker. */
final class ByWorker extends Partitioner {
    private final int workers;

    ByWorker(int workers) {
        this.workers = workers;
    }

    @Override
    public int numPartitions() {
        return workers;
    }

    @Override
    public int getPartition(Object place) {
        return Place.worker((Long) place);
    }
}
