package dev.lockstep.params.plane;

import java.util.UUID;

/**
 * Where a member's memory is. Members that name the same host have seen the same random number in the same memory, and
 * so share it.
 *
 * @param host the number that stands in the memory of one job on one host
 * @param gradient the name of a worker's gradient there; {@link #NONE} for a shard
 */
public record HostPlace(UUID host, UUID gradient) {
    public static final UUID NONE = new UUID(0, 0);
}
