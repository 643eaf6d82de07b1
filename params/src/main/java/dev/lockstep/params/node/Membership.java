package dev.lockstep.params.node;

import dev.lockstep.params.Layout;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.shard.ShardRule;
import java.io.Serializable;

/**
 * What a worker must know to take its place in a job.
 *
 * @param coordinator where to join
 * @param worker its number, 0 is the first
 * @param rule for the shards that its process is told to host
 */
public record Membership(ClusterSettings settings, Address coordinator, int worker, Layout layout, ShardRule rule)
        implements Serializable {}
