package dev.lockstep.params.allreduce;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.PieceReader;
import dev.lockstep.params.wire.WordBuffer;
import java.util.Arrays;

/** What the workers add in one round. One thread. */
final class AllReduceRound {
    private final long step;
    private final int round;
    private final int count;
    private final double[][] values;
    private final PieceReader[] pieces;

    /** @param first of the round; nothing is taken from it yet */
    AllReduceRound(Frame first, int workers) {
        this.step = first.step();
        this.round = first.range();
        this.count = first.part();
        this.values = new double[workers][];
        this.pieces = new PieceReader[workers];
    }

    /** Whether it has a length that a worker may send. */
    static boolean isPossible(Frame add) {
        return add.part() >= 2 && add.part() <= Frame.LONGEST_SUM && add.part() % 2 == 0;
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

        if (pieces[worker] == null) {
            values[worker] = new double[count / 2];
            pieces[worker] = new PieceReader(WordBuffer.of(values[worker]));
        }

        return pieces[worker].take(add);
    }

    boolean isComplete() {
        return Arrays.stream(pieces).allMatch(each -> each != null && each.isComplete());
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
