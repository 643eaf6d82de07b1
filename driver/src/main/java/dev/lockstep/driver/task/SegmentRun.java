package dev.lockstep.driver.task;

import dev.lockstep.driver.data.PackedSlice;
import dev.lockstep.driver.data.WorkerData;
import dev.lockstep.driver.signal.LayerStatsCodec;
import dev.lockstep.losses.LossSum;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Range;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.compress.Residual;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.Replica;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;

/** One worker's way through the steps of a segment. One thread. */
final class SegmentRun {
    private final TaskSpec spec;
    private final ClusterSpec cluster;
    private final PlannedSegment segment;
    private final int worker;
    private final Replica replica;
    private final WorkerClient client;
    private final StepChecks checks;
    private LossScaler scaler;
    private LbfgsSteps lbfgs;
    private long examples;
    private boolean stopped;
    private long underWay;

    SegmentRun(
            TaskSpec spec,
            ClusterSpec cluster,
            PlannedSegment segment,
            int worker,
            Replica replica,
            WorkerClient client) {
        this.spec = spec;
        this.cluster = cluster;
        this.segment = segment;
        this.worker = worker;
        this.replica = replica;
        this.client = client;
        this.checks = new StepChecks(cluster.rule().update(), replica, worker);
    }

    /** @param states what this worker, among others, goes on with */
    SegmentResult run(WorkerData data, Iterator<PackedSlice> validation, SegmentOutputs outputs, WorkerStates states) {
        client.pull();
        Residual before = states.residual(worker);
        if (before != null) {
            client.restore(before);
        }

        UpdateRule rule = cluster.rule().update();
        this.lbfgs = rule.lbfgs().isEmpty()
                ? null
                : new LbfgsSteps(rule, segment, spec.loss().reduction(), client, worker);
        float[] buffers = states.buffers(worker);
        if (buffers != null) {
            replica.bufferValues().duplicate().put(buffers);
        }
        int batch = spec.training().dealing().batch();
        this.scaler = new LossScaler(
                spec.lossScaling(), states.lossScale(), batch, spec.loss().reduction(), replica);

        long last = steps(data);
        double[][] measured = new double[0][];
        if (last == segment.last() && segment.endsEpoch()) {
            takeAverages();
            measured = measured(validation);
        }

        boolean state = outputs.state() || stopped;
        boolean leavesOut = cluster.rule().compresses() || before != null;
        return new SegmentResult(
                worker,
                last,
                copy(replica.bufferValues()),
                leavesOut ? client.residual() : null,
                outputs.values() && worker == 0 ? copy(replica.values()) : null,
                state ? pullState() : new RangeContents[0],
                measured);
    }

    /** What is measured and kept as the model; the shards go on from the parameters themselves. */
    private void takeAverages() {
        if (cluster.rule().update().averages()) {
            client.pullEvaluated(replica.values());
        }
    }

    private double[][] measured(Iterator<PackedSlice> validation) {
        return spec.validation() == null
                ? new double[0][]
                : spec.measurement().measure(replica::predict, spec.validation().format(), validation);
    }

    /** The step that is under way, or the last one. */
    long underWay() {
        return underWay;
    }

    private long steps(WorkerData data) {
        StepTimer timer = new StepTimer(client);
        for (long step = segment.first(); step <= segment.last(); step++) {
            underWay = step;
            long now = System.nanoTime();
            Examples share = data.share(segment.epochOf(step), (step - 1) % data.batches());
            timer.begin(step, System.nanoTime() - now);
            stopped = step(step, share, timer);
            if (segment.endsEpoch(step)) {
                client.averageBuffers(step, examples);
                this.examples = 0;
            }
            if (stopped) {
                return step;
            }
        }

        return segment.last();
    }

    /** Returns whether to stop after it. */
    private boolean step(long step, Examples share, StepTimer timer) {
        List<ShareResult> evaluations = new ArrayList<>(1);
        boolean stop;
        scaler.begin();
        if (lbfgs == null) {
            evaluations.add(evaluate(step, share, timer));
            stop = client.await();
        } else {
            stop = lbfgs.step(step, number -> {
                timer.again(number);
                evaluations.add(evaluations.isEmpty() ? evaluate(step, share, timer) : trial(step, share, timer));
                return evaluations.get(evaluations.size() - 1).figures();
            });
        }

        scaler.end(client.skipped());
        examples += share.count();
        report(step, share, evaluations, timer);
        return stop;
    }

    /** What one pass over a share showed. */
    private record ShareResult(
            LossSum loss, double regularization, int nonFinite, List<Float> layerStats, long computedNs) {
        double[] figures() {
            return new double[] {loss.sum(), loss.weight(), regularization};
        }
    }

    private ShareResult evaluate(long step, Examples share, StepTimer timer) {
        ShareResult evaluation = trial(step, share, timer);
        int nonFinite = share.count() == 0 ? StepChecks.NONE : checks.after(step, evaluation.loss);
        return new ShareResult(
                evaluation.loss, evaluation.regularization, nonFinite, evaluation.layerStats, evaluation.computedNs);
    }

    /** An evaluation whose loss need not be finite: a line search may go too far. */
    private ShareResult trial(long step, Examples share, StepTimer timer) {
        double regularization = checks.before();
        List<Float> layerStats = List.of();
        if (share.count() == 0) {
            replica.accompany(share, StepSeed.of(spec.seed(), step, worker), timer);
            client.empty(timer.step());
        } else {
            layerStats = train(step, share, timer);
        }

        return new ShareResult(timer.loss(), regularization, StepChecks.NONE, layerStats, System.nanoTime());
    }

    /** Loss, regularization and layer statistics are those of the first evaluation. */
    private void report(long step, Examples share, List<ShareResult> evaluations, StepTimer timer) {
        ShareResult first = evaluations.get(0);
        // Spark's pages show it while the task runs.
        TaskContext.get().taskMetrics().inputMetrics().incRecordsRead(share.count());
        client.report(new WorkerReport(
                step,
                first.loss.sum(),
                first.loss.weight(),
                share.count(),
                first.regularization,
                client.gradientNorm(),
                first.nonFinite,
                client.skipped(),
                first.layerStats,
                timer.times(evaluations.get(evaluations.size() - 1).computedNs, client.times()),
                client.pushed()));
    }

    /** Returns packed layer statistics, if this worker monitors the step. */
    private List<Float> train(long step, Examples share, StepTimer timer) {
        long seed = StepSeed.of(spec.seed(), step, worker);
        if (spec.monitors(step, worker)) {
            return LayerStatsCodec.packed(replica.monitor(share, seed, timer));
        }
        replica.train(share, seed, timer);
        return List.of();
    }

    /** The part of the shards' state that this worker fetches: every N-th range. */
    private RangeContents[] pullState() {
        List<RangeContents> fetched = new ArrayList<>();
        for (Range range : cluster.layout().ranges()) {
            if (range.shard() % spec.workers() == worker) {
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
