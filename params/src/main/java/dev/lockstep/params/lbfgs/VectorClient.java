package dev.lockstep.params.lbfgs;

import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.PieceReader;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.WordBuffer;

/**
 * Commands from the worker that runs L-BFGS to all shards, one at a time, and their results. One thread at a time.
 */
public final class VectorClient {
    private final Outbox[] shards;
    private final Layout layout;
    private final Transfer[] commands;
    private final double[][] results;
    private final PieceReader[] pieces;
    private VectorProgram program;
    private int number;

    /** @param shards an outbox to each */
    public VectorClient(int worker, Layout layout, Outbox[] shards) {
        this.shards = shards;
        this.layout = layout;
        int count = shards.length;
        this.commands = new Transfer[count];
        this.results = new double[count][];
        this.pieces = new PieceReader[count];
        for (int shard = 0; shard < count; shard++) {
            int ranges =
                    (int) layout.ownedBy(shard).stream().filter(Range::trained).count();
            commands[shard] = new Transfer(FrameType.COMMAND, worker, 0, null);
            results[shard] = new double[ranges];
            pieces[shard] = new PieceReader(WordBuffer.of(results[shard]));
            pieces[shard].finish();
        }
    }

    /** Sends operations, which must stay as they are until the results are there. */
    public void begin(VectorProgram operations) {
        this.program = operations;
        this.number++;
        for (int shard = 0; shard < shards.length; shard++) {
            pieces[shard].restart();
            send(shard);
        }
    }

    private void send(int shard) {
        if (results[shard].length > 0) {
            shards[shard].add(program.load(commands[shard]).begin(0, (long) number, 0));
        }
    }

    /** Takes a piece of a result; returns false if it is not the one that comes next. */
    public boolean arrive(Frame result) {
        int shard = result.member();
        return shard < shards.length && result.part() == number && pieces[shard].take(result);
    }

    public boolean isOver() {
        for (int shard = 0; shard < shards.length; shard++) {
            if (!pieces[shard].isComplete()) {
                return false;
            }
        }

        return true;
    }

    /** Commands again where the result has not come: the shard takes what it lacks, or repeats the result. */
    public void repeat() {
        for (int shard = 0; shard < shards.length; shard++) {
            if (!pieces[shard].isComplete() && !commands[shard].pending()) {
                pieces[shard].restart();
                send(shard);
            }
        }
    }

    /** One result for each trained range, in the layout's order. */
    public double[] results() {
        double[] inOrder = new double[layout.trained().size()];
        int[] next = new int[shards.length];
        for (Range range : layout.trained()) {
            inOrder[range.index()] = results[range.shard()][next[range.shard()]++];
        }

        return inOrder;
    }

    /** What has not come, for messages. */
    public String describe() {
        return "results of command=" + number;
    }
}
