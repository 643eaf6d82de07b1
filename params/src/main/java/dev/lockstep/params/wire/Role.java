package dev.lockstep.params.wire;

/** The two kinds of members that the coordinator keeps. The order is part of the wire format. */
public enum Role {
    WORKER,
    SHARD
}
