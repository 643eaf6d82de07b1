package dev.lockstep.params.lbfgs;

import dev.lockstep.params.ProtocolException;

/** What a shard can do with vectors of which it has a part. Codes are part of the wire format and never reused. */
public enum VectorOp {
    /** x becomes a new vector of zeros. */
    ZEROS(0),
    /** x is forgotten. */
    RELEASE(1),
    /** y becomes x. */
    COPY(2),
    /** x becomes factor · x. */
    SCALE(3),
    /** x becomes x + factor · y. */
    ADD(4),
    /** x becomes the parameters. */
    LOAD(5),
    /** x becomes the gradient of the evaluation that is under way, once everybody has pushed it. */
    TAKE(6),
    /**
     * The parameters become x, and everybody gets them; factor 1 if they are looked at within the same step, else 0.
     */
    SHOW(7),
    /** The step (factor) is over: x vectors and y numbers follow, which are kept; everything else is forgotten. */
    KEEP(8),
    /** Result: Σ x·y. */
    DOT(9),
    /** Result: Σ|x|. */
    SUM_OF_SIZES(10),
    /** Result: max|x|. */
    LARGEST_SIZE(11);

    private static final VectorOp[] BY_CODE = values();

    private final int code;

    VectorOp(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static VectorOp of(double code) {
        if (!(code >= 0 && code < BY_CODE.length)) {
            throw new ProtocolException("Command has an unknown operation: code=" + code);
        }

        return BY_CODE[(int) code];
    }
}
