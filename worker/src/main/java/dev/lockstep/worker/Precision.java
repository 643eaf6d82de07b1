package dev.lockstep.worker;

import java.util.Locale;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What the forward and the backward pass of training compute in. Parameters, their gradients, losses and all that
 * shards keep are float32 or double whatever this is, and so are predictions.
 */
public enum Precision {
    FLOAT32(ScalarType.Float),
    /** Range of float32, 8 bits of precision. */
    BF16(ScalarType.BFloat16),
    /** 11 bits of precision, at most 65504: needs the loss to be scaled. */
    FP16(ScalarType.Half);

    private final ScalarType type;

    Precision(ScalarType type) {
        this.type = type;
    }

    /** That of the operators that autocast narrows. */
    ScalarType type() {
        return type;
    }

    /** As a job file names it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
