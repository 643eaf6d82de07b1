package dev.lockstep.params.shard;

import dev.lockstep.params.lbfgs.VectorOp;
import dev.lockstep.params.lbfgs.VectorProgram;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.WordBuffer;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * Carries out the commands of worker 0, which runs L-BFGS: vectors stay here, numbers go back. Commands are counted;
 * one is done once, and a repeated one gets its result again. One thread.
 */
final class VectorServer {
    private final List<ServedRange> trained;
    private final ObjIntConsumer<ServedRange> show;
    private final Outbox commander;
    private final VectorProgram program = new VectorProgram();
    private final double[] results;
    private final Transfer result;
    private int done;

    /**
     * @param commander the outbox to the worker that commands
     * @param self which shard this is
     * @param show broadcasts a range's values; 1 if the loss is evaluated there within the same step
     */
    VectorServer(List<ServedRange> trained, Outbox commander, int self, ObjIntConsumer<ServedRange> show) {
        this.trained = trained;
        this.commander = commander;
        this.show = show;
        this.results = new double[trained.size()];
        this.result = new Transfer(FrameType.RESULT, self, 0, WordBuffer.of(results));
        program.clear();
    }

    /** Takes a piece of a command; returns false if it is not the one that comes next. */
    boolean take(Frame command) {
        if (command.part() == done && done > 0) {
            return answer(command);
        }

        boolean taken = command.part() == done + 1 && program.take(command);
        if (taken) {
            advance();
        }

        return taken;
    }

    private boolean answer(Frame command) {
        boolean asks = command.start() == 0 && !result.pending();
        if (asks) {
            commander.add(result.begin(0, (long) done, 0));
        }

        return asks;
    }

    /** Goes on with a command that had to wait for gradients. */
    void advance() {
        if (!program.isComplete()) {
            return;
        }
        while (program.op() != null) {
            if (program.op() == VectorOp.TAKE && !trained.stream().allMatch(ServedRange::isEvaluated)) {
                return;
            }

            for (int range = 0; range < results.length; range++) {
                results[range] = run(program.op(), trained.get(range));
            }
            program.next();
        }

        program.clear();
        this.done++;
        commander.add(result.begin(0, (long) done, 0));
    }

    private double run(VectorOp op, ServedRange range) {
        OwnedRange owned = range.owned();
        RangeVectors vectors = owned.vectors();
        switch (op) {
            case LOAD -> vectors.set(program.x(), owned.params());
            case TAKE -> vectors.set(program.x(), range.evaluation());
            case SHOW -> {
                System.arraycopy(vectors.vector(program.x()), 0, owned.params(), 0, owned.params().length);
                show.accept(range, (int) program.factor());
            }
            case KEEP -> {
                int count = program.x();
                vectors.keep(program.behind(0, count), program.behind(count, program.y()));
                owned.step((long) program.factor());
            }
            default -> {
                return vectors.run(op, program);
            }
        }

        return 0;
    }
}
