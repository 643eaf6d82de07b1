package dev.lockstep.driver.data;

import org.apache.spark.Partitioner;

/** Sends each slice to its worker's partition. */
final class SlicePartitioner extends Partitioner {
    private final int workers;

    SlicePartitioner(int workers) {
        this.workers = workers;
    }

    @Override
    public int numPartitions() {
        return workers;
    }

    @Override
    public int getPartition(Object key) {
        return Dealing.worker(Packing.slice((Long) key), workers);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SlicePartitioner && ((SlicePartitioner) other).workers == workers;
    }

    @Override
    public int hashCode() {
        return workers;
    }
}
