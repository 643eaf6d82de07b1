package dev.lockstep.params.allreduce;

import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.PieceReader;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.WordBuffer;

/**
 * A sum over all workers on its way: what this worker adds goes to the first shard, and the total comes back into its
 * place. One thread at a time.
 */
public final class AllReduce {
    private static final int MOST_ROUNDS = 1 << 16;

    private final int worker;
    private final Outbox shard;
    private long step;
    private int round;
    private PieceReader total;
    private Transfer add;

    /** @param shard the outbox to it */
    public AllReduce(int worker, Outbox shard) {
        this.worker = worker;
        this.shard = shard;
    }

    /** @param values become the total */
    public void begin(long ofStep, double[] values) {
        this.round = ofStep == step ? round + 1 : 0;
        if (round == MOST_ROUNDS) {
            throw new IllegalStateException(
                    "A step has too many sums over the workers: step=" + ofStep + ", most=" + MOST_ROUNDS);
        }

        this.step = ofStep;
        this.total = new PieceReader(WordBuffer.of(values));
        if (total.words().count() > Frame.LONGEST_SUM) {
            throw new IllegalArgumentException("Values to add up over the workers must be fewer: values="
                    + values.length + ", most=" + Frame.LONGEST_SUM / 2);
        }

        this.add = new Transfer(FrameType.ALL_REDUCE, worker, round, total.words());
        send();
    }

    private void send() {
        shard.add(add.begin(step, (long) total.words().count(), 0));
    }

    public boolean isOver() {
        return total == null || total.isComplete();
    }

    /**
     * Takes a piece of the total; returns false if it is not the one that comes next. It may overwrite what is being
     * added again: the shard that has a total reads no values.
     */
    public boolean arrive(Frame piece) {
        return !isOver() && piece.step() == step && piece.range() == round && total.take(piece);
    }

    /** Adds again if the total has not come: the shard takes what it lacks, or repeats the total. */
    public void repeat() {
        if (!isOver() && !add.pending()) {
            send();
        }
    }

    /** What has not come, for messages. */
    public String describe() {
        return "sum over the workers of step=" + step + ", round=" + round + ", received=" + total.received() / 2
                + " of " + total.words().count() / 2;
    }
}
