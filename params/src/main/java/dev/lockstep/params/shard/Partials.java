package dev.lockstep.params.shard;

import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Words;
import java.util.Arrays;

/** The partial sums of one range in one round: measured here, or sent by the shard that owns the range. One thread. */
final class Partials {
    private final double[] values;
    private final Words words;
    private long step;
    private int received;

    Partials(int count) {
        this.values = new double[count];
        this.words = Words.of(values);
    }

    void measured(long ofStep, double[] measured) {
        if (measured.length != values.length) {
            throw new IllegalStateException(
                    "Partial sums do not fit: sums=" + Arrays.toString(measured) + ", expected=" + values.length);
        }

        System.arraycopy(measured, 0, values, 0, values.length);
        this.step = ofStep;
        this.received = words.count();
    }

    /** Takes a piece; one that repeats another or leaves a gap is dropped. */
    void receive(Frame sums) {
        if (sums.step() > step) {
            this.step = sums.step();
            this.received = 0;
        }

        boolean next = sums.step() == step && sums.start() == received && sums.count() <= words.count() - received;
        if (next) {
            sums.copyWords(0, sums.count(), words, received);
            this.received += sums.count();
        }
    }

    boolean isComplete(long ofStep) {
        return step == ofStep && received == words.count();
    }

    /** Where the next piece must begin. */
    int received(long ofStep) {
        return step == ofStep ? received : 0;
    }

    /** Live. */
    double[] values() {
        return values;
    }

    /** Live. */
    Words words() {
        return words;
    }
}
