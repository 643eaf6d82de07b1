package dev.lockstep.params.wire;

import dev.lockstep.params.ProtocolException;

/** What a frame means. Numbers are part of the wire format and never reused. */
public enum FrameType {
    /** Worker to shard: part of a gradient, or of a worker's buffers. */
    PUSH(1),
    /** Shard to worker: part of a range's new values. */
    BROADCAST(2),
    /** Worker to shard: the values of a range have not come; what is missing from my push? */
    ASK(3),
    /** Shard to worker: go on with your push from here. */
    NEED(4),
    /** Shard to shard: part of a range's partial sums of a round. */
    SUMS(5),
    /** Shard to shard: your sums have not come. */
    ASK_SUMS(6),
    /** Worker to shard: send what you keep of a range. */
    PULL(7),
    /** Shard to worker: part of what it keeps. */
    STATE(8),
    /**
     * Worker to shard 0: part of what it adds to a sum over all workers, which these wait for in the middle of a step.
     */
    ALL_REDUCE(9),
    /** Shard 0 to worker: part of that sum. */
    ALL_REDUCE_RESULT(10),
    /** Worker 0 to shard: part of what it is to do with its vectors. */
    COMMAND(11),
    /** Shard to worker 0: what came of it, for each range. */
    RESULT(12),

    JOIN(16),
    HOST(17),
    HOSTED(18),
    MEMBER(19),
    START(20),
    READY(21),
    GO(22),
    REPORT(23),
    SEEN(24),
    ALIVE(25),
    STOP(26),
    ABORT(27),
    LEAVE(28),
    END(29);

    private static final FrameType[] BY_CODE = new FrameType[32];

    static {
        for (FrameType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final byte code;

    FrameType(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    /** Whether it has the fixed layout of {@link Frame} and so may carry words. */
    public boolean isPiece() {
        return code < 16;
    }

    static FrameType of(byte code) {
        FrameType type = code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
        if (type == null) {
            throw new ProtocolException("Frame has an unknown type: type=" + code);
        }

        return type;
    }
}
