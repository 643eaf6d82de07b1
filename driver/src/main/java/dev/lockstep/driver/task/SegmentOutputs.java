package dev.lockstep.driver.task;

import java.io.Serializable;

/**
 * What a segment's tasks bring back beside their sums.
 *
 * @param values the flat vector: for a model to be written, or to be kept as the best so far
 * @param state all that the shards keep, for a checkpoint; whoever is stopped brings it in any case
 */
public record SegmentOutputs(boolean values, boolean state) implements Serializable {}
