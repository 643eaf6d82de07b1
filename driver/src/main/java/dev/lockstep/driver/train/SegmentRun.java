package dev.lockstep.driver.train;

import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.driver.data.WorkerData;
import dev.lockstep.driver.signal.Watched;
import dev.lockstep.losses.LossSum;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Range;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.Replica;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** One worker's way through the steps of a leg. One thread. */
final class SegmentRun {
    private final TaskPlan plan;
    private final Place place;
    private final Leg leg;
    private final int worker;
    private final Replica replica;
    private final WorkerClient client;
    private final StepFigures figures;
    private Looks looks;
    private long examples;
    private boolean stopped;
    private long underWay;

    SegmentRun(TaskPlan plan, Place place, Leg leg, int worker, Replica replica, WorkerClient client) {
        this.plan = plan;
        this.place = place;
        this.leg = leg;
        this.worker = worker;
        this.replica = replica;
        this.client = client;
        this.figures = new StepFigures(place.rule().update(), replica, worker);
    }

    /** @param buffers what this worker's buffers were when the last leg ended within the epoch; null else */
    SegmentResult run(WorkerData data, Iterator<PackedSlice> validation, Want want, float[] buffers) {
        client.pull();
        UpdateRule rule = place.rule().update();
        this.looks = rule.lbfgs().isEmpty()
                ? null
                : new Looks(rule, leg, plan.loss().reduction(), client, worker);
        if (buffers != null) {
            replica.bufferValues().duplicate().put(buffers);
        }

        long last = steps(data);
        boolean finished = last == leg.last();
        double[][] measured = new double[0][];
        if (finished && leg.endsEpoch()) {
            client.averageBuffers(last, examples);
            takeAverages();
            measured = measured(validation);
        }

        boolean state = want.state() || (want.stateIfStopped() && stopped);
        return new SegmentResult(
                worker,
                last,
                copy(replica.bufferValues()),
                want.values() && worker == 0 ? copy(replica.values()) : null,
                state ? pullState() : new RangeContents[0],
                measured);
    }

    /** What is measured and kept as the model; the shards go on from the parameters themselves. */
    private void takeAverages() {
        if (place.rule().update().averages()) {
            client.pullEvaluated(replica.values());
        }
    }

    private double[][] measured(Iterator<PackedSlice> validation) {
        return plan.validation() == null
                ? new double[0][]
                : plan.measurement().measure(replica::predict, plan.validation().format(), validation);
    }

    /** The step that is under way, or the last one. */
    long underWay() {
        return underWay;
    }

    private long steps(WorkerData data) {
        StepTimer timer = new StepTimer(client);
        long epochStart = (leg.epoch() - 1) * data.batches() + 1;
        for (long step = leg.first(); step <= leg.last(); step++) {
            underWay = step;
            long now = System.nanoTime();
            Examples share = data.share(leg.epoch(), step - epochStart);
            timer.begin(step, System.nanoTime() - now);
            stopped = step(step, share, timer);
            if (stopped) {
                return step;
            }
        }

        return leg.last();
    }

    /** Returns whether to stop after it. */
    private boolean step(long step, Examples share, StepTimer timer) {
        List<Look> looked = new ArrayList<>(1);
        boolean stop;
        if (looks == null) {
            looked.add(look(step, share, timer));
            stop = client.await();
        } else {
            stop = looks.step(step, number -> {
                timer.again(number);
                looked.add(looked.isEmpty() ? look(step, share, timer) : trial(step, share, timer));
                return looked.get(looked.size() - 1).figures();
            });
        }

        examples += share.count();
        report(step, share, looked, timer);
        return stop;
    }

    /** What one pass over a share showed. */
    private record Look(LossSum loss, double regularization, int nonFinite, List<Float> watched, long computedNs) {
        double[] figures() {
            return new double[] {loss.sum(), loss.weight(), regularization};
        }
    }

    private Look look(long step, Examples share, StepTimer timer) {
        Look look = trial(step, share, timer);
        int nonFinite = share.count() == 0 ? StepFigures.NONE : figures.after(step, look.loss);
        return new Look(look.loss, look.regularization, nonFinite, look.watched, look.computedNs);
    }

    /** A look whose loss need not be finite: a line search may go too far. */
    private Look trial(long step, Examples share, StepTimer timer) {
        double regularization = figures.before();
        List<Float> watched = List.of();
        if (share.count() == 0) {
            replica.accompany(share, StepSeed.of(plan.seed(), step, worker), timer);
            client.empty(timer.step());
        } else {
            watched = train(step, share, timer);
        }

        return new Look(timer.loss(), regularization, StepFigures.NONE, watched, System.nanoTime());
    }

    /** Loss, regularization and what was watched are those that the step found. */
    private void report(long step, Examples share, List<Look> looked, StepTimer timer) {
        Look first = looked.get(0);
        client.report(new WorkerReport(
                step,
                first.loss.sum(),
                first.loss.weight(),
                share.count(),
                first.regularization,
                first.nonFinite,
                first.watched,
                timer.times(looked.get(looked.size() - 1).computedNs, client.times())));
    }

    /** Returns what was seen in the network, if it was looked into. */
    private List<Float> train(long step, Examples share, StepTimer timer) {
        long seed = StepSeed.of(plan.seed(), step, worker);
        if (plan.watches(step, worker)) {
            return Watched.packed(replica.watch(share, seed, timer));
        }
        replica.train(share, seed, timer);
        return List.of();
    }

    /** The part of the shards' state that this worker fetches: every N-th range. */
    private RangeContents[] pullState() {
        List<RangeContents> fetched = new ArrayList<>();
        for (Range range : place.layout().ranges()) {
            if (range.shard() % plan.workers() == worker) {
                fetched.add(client.pullState(range.index()));
            }
        }

        return fetched.toArray(new RangeContents[0]);
    }

    private static float[] copy(FloatBuffer buffer) {
        float[] values = new float[buffer.capacity()];
        buffer.duplicate().rewind().get(values);
        return values;
    }
}
