package dev.lockstep.driver.task;

import java.io.Serializable;

/**
 * What a segment's tasks bring back beside their sums.
 *
 * @param values whether worker 0 brings the parameters: for a model to be written, or to be kept as the best so far
 * @param state whether the workers bring all that the shards keep, for a checkpoint; a segment that is stopped brings
 *     it in any case
 */
public record SegmentOutputs(boolean values, boolean state) implements Serializable {}
