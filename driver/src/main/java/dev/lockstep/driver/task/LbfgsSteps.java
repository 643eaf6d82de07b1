package dev.lockstep.driver.task;

import dev.lockstep.losses.Reduction;
import dev.lockstep.optim.schedule.Progress;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Segment;
import dev.lockstep.params.client.DistributedLbfgs;
import dev.lockstep.params.client.WorkerClient;

/**
 * The steps of an optimizer that evaluates the loss of its batch several times, L-BFGS: worker 0 decides where, all
 * others follow. What is random in a step is the same at each evaluation. One thread.
 */
final class LbfgsSteps {
    private final UpdateRule rule;
    private final Segment segment;
    private final Reduction reduction;
    private final WorkerClient client;
    private final DistributedLbfgs lbfgs;

    /**
     * One worker's part in an evaluation: computes its gradient at the parameters that everybody has, and pushes it.
     */
    @FunctionalInterface
    interface Part {
        /** Returns loss, weight and regularization of this worker, to be added up. */
        double[] at(long evaluation);
    }

    /** @param client has pulled already; that of worker 0 commands */
    LbfgsSteps(UpdateRule rule, PlannedSegment segment, Reduction reduction, WorkerClient client, int worker) {
        this.rule = rule;
        this.segment = segment.steps();
        this.reduction = reduction;
        this.client = client;
        this.lbfgs = worker == 0 ? new DistributedLbfgs(client, rule.lbfgs().orElseThrow(), /* range */ 0) : null;
    }

    /** Makes one step and returns whether to stop after it. */
    boolean step(long step, Part part) {
        if (lbfgs == null) {
            return follow(step, part);
        }

        Progress at = new Progress(step - 1, segment.stepsPerEpoch(), segment.reductions());
        lbfgs.step(step, rule.lr(0, at), evaluation -> objective(evaluation, part));
        return client.await();
    }

    private boolean follow(long step, Part part) {
        boolean stop = false;
        for (int count = 0; count == 0 || client.goesOn(); count++) {
            objective(DistributedLbfgs.evaluation(step, count), part);
            stop = client.await();
        }

        return stop;
    }

    /** The same in all workers: cost and regularization over the whole batch. */
    private double objective(long evaluation, Part part) {
        double[] total = part.at(evaluation);
        client.allReduce(evaluation, total);
        return total[0] / reduction.divisor(total[1]) + total[2];
    }
}
