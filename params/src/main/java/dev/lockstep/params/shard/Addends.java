package dev.lockstep.params.shard;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Words;

/** What the workers add in one round. One thread. */
final class Addends {
    /** Of one worker: two million channels' sums. */
    private static final int MOST_WORDS = 1 << 23;

    private final long step;
    private final int round;
    private final int count;
    private final double[][] values;
    private final Words[] words;
    private final int[] received;

    /** @param first of the round; nothing is taken from it yet */
    Addends(Frame first, int workers) {
        this.step = first.step();
        this.round = first.range();
        this.count = first.part();
        if (count < 2 || count > MOST_WORDS || count % 2 != 0) {
            throw new AbortException(
                    Kind.CLUSTER, "Addends have an impossible length: " + describe() + ", words=" + count);
        }

        this.values = new double[workers][count / 2];
        this.words = new Words[workers];
        this.received = new int[workers];
        for (int worker = 0; worker < workers; worker++) {
            words[worker] = Words.of(values[worker]);
        }
    }

    boolean isOf(Frame add) {
        return add.step() == step && add.range() == round;
    }

    boolean isBefore(Frame add) {
        return add.step() > step || (add.step() == step && add.range() > round);
    }

    /** Takes a piece; returns false if it repeats another or leaves a gap. */
    boolean take(Frame add) {
        int worker = add.member();
        if (add.part() != count) {
            throw new AbortException(
                    Kind.CLUSTER,
                    "Workers add up different things: " + describe() + ", worker=" + worker + ", words=" + add.part()
                            + ", of others=" + count);
        }

        boolean next = add.start() == received[worker] && add.count() > 0 && add.count() <= count - received[worker];
        if (next) {
            add.copyWords(0, add.count(), words[worker], received[worker]);
            received[worker] += add.count();
        }

        return next;
    }

    boolean isComplete() {
        for (int each : received) {
            if (each < count) {
                return false;
            }
        }

        return true;
    }

    /** The sum, added in worker order. */
    double[] total() {
        double[] total = values[0].clone();
        for (int worker = 1; worker < values.length; worker++) {
            for (int i = 0; i < total.length; i++) {
                total[i] += values[worker][i];
            }
        }

        return total;
    }

    private String describe() {
        return "step=" + step + ", round=" + round;
    }

    long step() {
        return step;
    }

    int round() {
        return round;
    }
}
