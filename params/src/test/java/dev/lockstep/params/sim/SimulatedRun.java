package dev.lockstep.params.sim;

import dev.lockstep.params.Layout;
import dev.lockstep.params.PushedBytes;
import dev.lockstep.params.Segment;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.client.WorkerAgent;
import dev.lockstep.params.compress.Residual;
import dev.lockstep.params.link.FaultCounts;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.link.Transport;
import dev.lockstep.params.shard.ShardRule;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A training of {@link Quadratic} on a simulated cluster: two epochs of two segments each, buffers averaged after each
 * epoch.
 *
 * @param hosts which host each worker is on
 * @param batch examples; with fewer than workers some shares are empty
 */
record SimulatedRun(Layout layout, ShardRule rule, int[] hosts, int batch, Faults faults, long seed) {
    private static final int STEPS = 3;

    /**
     * @param values after the last step, the same in all workers
     * @param buffers after the last averaging
     * @param losses of each step
     * @param squares of each step's gradient, added; the same in all workers
     * @param pushed to other hosts in the last step
     */
    record Result(
            float[] values,
            float[] buffers,
            List<Double> losses,
            List<Double> squares,
            FaultCounts faults,
            PushedBytes pushed) {}

    static Layout layout(int shards) {
        return Layout.of(Quadratic.PARAMETERS, Quadratic.BUFFERS, shards, 1024);
    }

    Result run() {
        return run(memory -> memory);
    }

    /** @param network what lies over the memory through which members reach each other */
    Result run(UnaryOperator<Transport> network) {
        try (SimulatedCluster cluster = new SimulatedCluster(
                layout, rule, hosts, Quadratic.start(layout.valueCount()), faults, seed, network)) {
            Residual[] residuals = new Residual[hosts.length];
            List<Double> squares = new ArrayList<>();
            for (int segment = 0; segment < 4; segment++) {
                long from = 1 + (long) segment * STEPS;
                segment(cluster, new Segment(1 + segment / 2, from, from + STEPS, 2 * STEPS, 0), residuals, squares);
            }

            List<Double> losses =
                    cluster.reports().stream().map(report -> report.lossSum()).toList();
            float[] values = copy(cluster.workers().get(0).values());
            for (SimulatedCluster.Worker worker : cluster.workers()) {
                requireSame(values, copy(worker.values()), worker.index);
            }

            return new Result(
                    values,
                    copy(cluster.workers().get(0).buffers()),
                    losses,
                    squares,
                    cluster.transport().counts(),
                    cluster.workers().stream()
                            .map(worker -> worker.agent.traffic().pushed())
                            .reduce(PushedBytes.NONE, PushedBytes::plus));
        }
    }

    private void segment(SimulatedCluster cluster, Segment segment, Residual[] residuals, List<Double> squares) {
        cluster.begin(segment);
        for (SimulatedCluster.Worker worker : cluster.workers()) {
            if (residuals[worker.index] != null) {
                worker.agent.traffic().restore(residuals[worker.index]);
            }
        }

        cluster.workers().forEach(worker -> worker.agent.traffic().pull());
        cluster.until(() -> cluster.workers().stream()
                .allMatch(worker -> worker.agent.traffic().isFetched()));
        for (long step = segment.from(); step < segment.to(); step++) {
            step(cluster, step);
            squares.add(squares(cluster));
        }

        cluster.workers()
                .forEach(worker ->
                        residuals[worker.index] = worker.agent.traffic().residual());
        if (segment.to() > (long) segment.epoch() * segment.stepsPerEpoch()) {
            average(cluster, segment.to() - 1);
        }

        cluster.until(() -> cluster.workers().stream()
                .allMatch(worker -> worker.agent.reports().isEmpty()));
        cluster.workers().forEach(worker -> worker.agent.session().leave());
        cluster.until(() -> cluster.workers().stream()
                .allMatch(worker -> worker.agent.session().isGone()));
    }

    private void step(SimulatedCluster cluster, long step) {
        for (SimulatedCluster.Worker worker : cluster.workers()) {
            float loss = worker.values().get(0);
            int examples =
                    Quadratic.gradient(step, worker.index, hosts.length, batch, worker.values(), worker.gradient());
            WorkerAgent agent = worker.agent;
            if (examples == 0) {
                agent.traffic().empty(step);
            } else {
                agent.traffic().begin(step, examples);
                for (int parameter = layout.parameters().size() - 1; parameter >= 0; parameter--) {
                    agent.traffic().ready(parameter);
                    cluster.tick();
                }
            }

            agent.reports().add(new WorkerReport(step, loss, examples, examples, WorkerTimes.NONE));
        }

        cluster.until(() -> cluster.workers().stream()
                .allMatch(worker -> worker.agent.traffic().trained().isOver()));
    }

    private static double squares(SimulatedCluster cluster) {
        List<Double> told = cluster.workers().stream()
                .map(worker -> worker.agent.traffic().trained().squares())
                .distinct()
                .toList();
        if (told.size() > 1) {
            throw new AssertionError("Workers are told different squares: " + told);
        }
        return told.get(0);
    }

    private void average(SimulatedCluster cluster, long step) {
        for (SimulatedCluster.Worker worker : cluster.workers()) {
            boolean counts = worker.index < batch;
            for (int i = 0; i < worker.buffers().capacity(); i++) {
                worker.buffers().put(i, counts ? i + step * 0.25f + worker.index : Float.NaN);
            }

            worker.agent.traffic().average(step, counts);
        }

        cluster.until(() -> cluster.workers().stream()
                .allMatch(worker -> worker.agent.traffic().buffers().isOver()));
    }

    private static float[] copy(FloatBuffer buffer) {
        float[] copy = new float[buffer.capacity()];
        buffer.duplicate().rewind().get(copy);
        return copy;
    }

    private static void requireSame(float[] expected, float[] actual, int worker) {
        if (!Arrays.equals(expected, actual)) {
            throw new AssertionError("Workers have different values: worker=" + worker);
        }
    }
}
