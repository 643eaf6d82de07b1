package dev.lockstep.params.shard;

import dev.lockstep.optim.update.UpdateRule;
import java.io.Serializable;

/**
 * What shards do with gradients.
 *
 * @param divisor what the sum over all workers is divided by
 * @param update what happens then
 */
public record ShardRule(Divisor divisor, UpdateRule update) implements Serializable {}
