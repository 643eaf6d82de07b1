package dev.lockstep.params.shard;

/**
 * Where a new shard's parameters and optimizer state come from: first values or a checkpoint. Called in the thread that
 * joins.
 */
@FunctionalInterface
public interface ShardSource {
    /**
     * Loads every range that the shard owns, with {@link ShardServer#load}.
     *
     * @param step the last step that was applied; 0 in a new job
     */
    void fill(ShardServer shard, long step);
}
