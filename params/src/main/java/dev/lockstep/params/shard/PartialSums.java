package dev.lockstep.params.shard;

import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.PieceReader;
import dev.lockstep.params.wire.WordBuffer;
import java.util.Arrays;

/** The partial sums of one range in one round: measured here, or sent by the shard that owns the range. One thread. */
final class PartialSums {
    private final double[] values;
    private final PieceReader pieces;
    private long step;

    PartialSums(int count) {
        this.values = new double[count];
        this.pieces = new PieceReader(WordBuffer.of(values));
    }

    void measured(long ofStep, double[] measured) {
        if (measured.length != values.length) {
            throw new IllegalStateException(
                    "Partial sums do not fit: sums=" + Arrays.toString(measured) + ", expected=" + values.length);
        }

        System.arraycopy(measured, 0, values, 0, values.length);
        this.step = ofStep;
        pieces.finish();
    }

    /** Takes a piece; one that repeats another or leaves a gap is dropped. */
    void receive(Frame sums) {
        if (sums.step() > step) {
            this.step = sums.step();
            pieces.restart();
        }

        if (sums.step() == step) {
            // A piece that is not the next one is asked for again.
            pieces.take(sums);
        }
    }

    boolean isComplete(long ofStep) {
        return step == ofStep && pieces.isComplete();
    }

    /** Where the next piece must begin. */
    int received(long ofStep) {
        return step == ofStep ? pieces.received() : 0;
    }

    /** Live. */
    double[] values() {
        return values;
    }

    /** Live. */
    WordBuffer words() {
        return pieces.words();
    }
}
