package dev.lockstep.driver.train;

import dev.lockstep.driver.model.Weights;
import dev.lockstep.driver.task.SegmentResult;
import dev.lockstep.params.compress.Residual;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.worker.Network;
import java.util.List;

/**
 * What a segment has ended with.
 *
 * @param workers' results, in their order
 */
record SegmentEnd(List<SegmentResult> workers) {
    /** The last step that was applied. */
    long step() {
        return first().step;
    }

    /** The flat vector as it should be evaluated; null if it was not asked for. */
    float[] values() {
        return first().values;
    }

    /** The network with {@link #values}. */
    Weights weights(Network network) {
        return new Weights(network, first().values, first().buffers);
    }

    float[][] buffers() {
        return workers.stream().map(each -> each.buffers).toArray(float[][]::new);
    }

    /** Null where nothing was ever compressed. */
    Residual[] residuals() {
        return first().residual == null
                ? null
                : workers.stream().map(each -> each.residual).toArray(Residual[]::new);
    }

    /**
     * All ranges in their order; null if they were not wanted.
     *
     * @param count of the layout's ranges
     */
    RangeContents[] ranges(int count) {
        RangeContents[] ranges = new RangeContents[count];
        int found = 0;
        for (SegmentResult worker : workers) {
            for (RangeContents contents : worker.state) {
                ranges[contents.range()] = contents;
                found++;
            }
        }
        return found == count ? ranges : null;
    }

    /** What each worker measured; empty without validation data. */
    List<double[][]> validation() {
        return workers.stream().map(each -> each.validation).toList();
    }

    private SegmentResult first() {
        return workers.get(0);
    }
}
