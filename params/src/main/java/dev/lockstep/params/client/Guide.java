package dev.lockstep.params.client;

import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.cargo.VectorProgram;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.Words;

/**
 * Commands from the worker that guides the steps to all shards, one at a time, and their results. One thread at a time.
 */
final class Guide {
    private final Outbox[] shards;
    private final Layout layout;
    private final Transfer[] commands;
    private final double[][] results;
    private final Words[] words;
    private final int[] received;
    private VectorProgram program;
    private int number;

    /** @param shards an outbox to each */
    Guide(int worker, Layout layout, Outbox[] shards) {
        this.shards = shards;
        this.layout = layout;
        int count = shards.length;
        this.commands = new Transfer[count];
        this.results = new double[count][];
        this.words = new Words[count];
        this.received = new int[count];
        for (int shard = 0; shard < count; shard++) {
            int ranges =
                    (int) layout.ownedBy(shard).stream().filter(Range::trained).count();
            commands[shard] = new Transfer(FrameType.COMMAND, worker, 0, null);
            results[shard] = new double[ranges];
            words[shard] = Words.of(results[shard]);
            received[shard] = words[shard].count();
        }
    }

    /** Sends operations, which must stay as they are until the results are there. */
    void begin(VectorProgram operations) {
        this.program = operations;
        this.number++;
        for (int shard = 0; shard < shards.length; shard++) {
            received[shard] = 0;
            send(shard);
        }
    }

    private void send(int shard) {
        if (results[shard].length > 0) {
            shards[shard].add(program.load(commands[shard]).begin(0, (long) number, 0));
        }
    }

    /** Takes a piece of a result; returns false if it is not the one that comes next. */
    boolean arrive(Frame result) {
        int shard = result.member();
        boolean next = shard < shards.length
                && result.part() == number
                && result.count() > 0
                && result.start() == received[shard]
                && result.count() <= words[shard].count() - received[shard];
        if (next) {
            result.copyWords(0, result.count(), words[shard], received[shard]);
            received[shard] += result.count();
        }

        return next;
    }

    boolean isOver() {
        for (int shard = 0; shard < shards.length; shard++) {
            if (received[shard] < words[shard].count()) {
                return false;
            }
        }

        return true;
    }

    /** Commands again where the result has not come: the shard takes what it lacks, or repeats the result. */
    void repeat() {
        for (int shard = 0; shard < shards.length; shard++) {
            if (received[shard] < words[shard].count() && !commands[shard].pending()) {
                received[shard] = 0;
                send(shard);
            }
        }
    }

    /** One result for each trained range, in the layout's order. */
    double[] results() {
        double[] inOrder = new double[layout.trained().size()];
        int[] next = new int[shards.length];
        for (Range range : layout.trained()) {
            inOrder[range.index()] = results[range.shard()][next[range.shard()]++];
        }

        return inOrder;
    }

    /** What has not come, for messages. */
    String describe() {
        return "results of command=" + number;
    }
}
