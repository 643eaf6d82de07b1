package dev.lockstep.params.client;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.Layout;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.PushedBytes;
import dev.lockstep.params.Segment;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.compress.Residual;
import dev.lockstep.params.lbfgs.VectorProgram;
import dev.lockstep.params.member.Roster;
import dev.lockstep.params.member.SharedAgent;
import dev.lockstep.params.shard.RangeContents;
import java.nio.FloatBuffer;
import java.time.Duration;

/**
 * A worker's end of the parameter server: pushes gradients, receives new values.
 *
 * <p>Called by the one thread that computes. While that thread computes, a background thread of the process answers in
 * its place. Every wait ends with an answer, with the job's {@link AbortException}, or with a {@link ParamException}
 * that names the shards, the step and the time waited.
 *
 * <pre>
 *   client.pull();
 *   for (step = segment.from(); step &lt; segment.to(); step++) {
 *       replica.train(share, seed, sink);     // sink.allReduce → allReduce, sink.started → begin, sink.ready → ready
 *       stop = client.await();
 *       client.report(...);
 *   }
 *   client.averageBuffers(...);               // at the end of an epoch
 *   client.close();
 * </pre>
 */
public final class WorkerClient implements AutoCloseable {
    private static final Duration FAREWELL = Duration.ofSeconds(30);

    private final WorkerAgent agent;
    private final Roster roster;
    private final ShardTraffic traffic;
    private final ShardState state;
    private final AgentWaiter waiter;
    private final SharedAgent shared;
    private final Runnable onClose;
    private final Overlap overlap = new Overlap(System::nanoTime);
    private long step;
    private long timed;

    /**
     * @param agent takes part
     * @param shared runs the agent
     * @param waiter runs it and the process's other agents while this worker has to wait
     * @param onClose once, after leaving
     */
    public WorkerClient(WorkerAgent agent, Layout layout, SharedAgent shared, AgentWaiter waiter, Runnable onClose) {
        this.agent = agent;
        this.roster = agent.session().roster();
        this.traffic = agent.traffic();
        this.state = new ShardState(traffic, layout, shared, waiter);
        this.shared = shared;
        this.waiter = waiter;
        this.onClose = onClose;
    }

    /** The steps that this worker joined for. */
    public Segment segment() {
        return roster.segment();
    }

    /** Fills the values and buffers with what the shards have after step {@code segment().before()}. */
    public void pull() {
        shared.exclusively(traffic::pull);
        waiter.until(traffic::isFetched, "Pull is incomplete");
    }

    /**
     * Replaces values by their sums over all workers, added in worker order; returns when these are there. All workers
     * call it equally often in a step, each time with equally many values, whether they have examples or not.
     *
     * @param ofStep the one that is under way, or is going to begin
     */
    public void allReduce(long ofStep, double[] values) {
        if (roster.workers().size() > 1 && values.length > 0) {
            takeTimeOf(ofStep);
            overlap.pauses();
            shared.exclusively(() -> traffic.allReduce().begin(ofStep, values));
            waiter.until(traffic.allReduce()::isOver, "Sum over the workers is incomplete");
            computes();
        }
    }

    /**
     * The forward pass of a step is over.
     *
     * @param weight of this worker's share, what the loss's mean divides by; the shards divide by the sum over all
     *     workers
     */
    public void begin(long ofStep, double weight) {
        requireNoStep(ofStep);
        shared.exclusively(() -> traffic.begin(ofStep, weight));
    }

    /** Takes part in a step without examples; stands for {@link #begin} and every {@link #ready}. */
    public void empty(long ofStep) {
        requireNoStep(ofStep);
        shared.exclusively(() -> traffic.empty(ofStep));
    }

    private void requireNoStep(long ofStep) {
        if (step > 0) {
            throw new IllegalStateException("A step is under way: step=" + step + ", begun=" + ofStep);
        }

        takeTimeOf(ofStep);
        this.step = ofStep;
    }

    private void takeTimeOf(long ofStep) {
        if (timed != ofStep) {
            waiter.clearTimes();
            overlap.clear();
            this.timed = ofStep;
        }
    }

    /**
     * A gradient is finished: it is pushed as soon as its whole range is. Its values may be overwritten with new ones
     * from now on.
     *
     * @param parameter index in the layout's parameters
     */
    public void ready(int parameter) {
        overlap.pauses();
        boolean pushes = shared.exclusively(() -> traffic.ready(parameter));
        if (pushes) {
            waiter.send();
        }
        computes();
    }

    /**
     * The gradient of a sparse parameter is finished: its rows are pushed, and nothing else of it is read.
     *
     * @param rows of the whole tensor, rising
     */
    public void ready(int parameter, int[] rows) {
        overlap.pauses();
        shared.exclusively(() -> traffic.ready(parameter, rows));
        waiter.send();
        computes();
    }

    private void computes() {
        if (step > 0 && traffic.hasPushed()) {
            overlap.computes();
        }
    }

    /**
     * Returns once all values of the begun step have arrived.
     *
     * @return whether the job is to end after this step; the same in every worker
     */
    public boolean await() {
        if (step == 0) {
            throw new IllegalStateException("No step is under way");
        }

        overlap.pauses();
        waiter.until(traffic.trained()::isOver, "Step is incomplete");
        this.step = 0;
        return traffic.trained().stop();
    }

    /** Whether the step that {@link #await} ended was skipped by all shards; the same in every worker. */
    public boolean skipped() {
        return traffic.trained().skipped();
    }

    /** Whether the step goes on: the loss is to be evaluated at the values that {@link #await} brought. */
    public boolean goesOn() {
        return traffic.trained().goesOn();
    }

    /** Lets all shards work on their vectors; returns the last operation's result for each trained range. */
    double[] command(VectorProgram program) {
        shared.exclusively(() -> traffic.vectors().begin(program));
        waiter.until(traffic.vectors()::isOver, "Command is not answered");
        return shared.exclusively(traffic.vectors()::results);
    }

    /**
     * The norm of the gradient of the step that {@link #await} ended, over all parameters and workers: regularised, not
     * yet clipped, and the same in every worker. NaN after a step of L-BFGS.
     */
    public double gradientNorm() {
        return Math.sqrt(shared.exclusively(traffic.trained()::squares));
    }

    /** Where the time of the step went that {@link #await} ended; the computing times are 0. */
    public WorkerTimes times() {
        return waiter.times(overlap.hiddenNs());
    }

    /** What this worker pushed to other hosts in the step that {@link #await} ended. */
    public PushedBytes pushed() {
        return traffic.pushed();
    }

    /** Goes on with what compression left out of the gradients of earlier segments; before the first step. */
    public void restore(Residual residual) {
        shared.exclusively(() -> traffic.restore(residual));
    }

    /** What compression has left out until now; between steps only. */
    public Residual residual() {
        return shared.exclusively(traffic::residual);
    }

    /** Tells the coordinator; returns at once unless far too many are under way. */
    public void report(WorkerReport report) {
        waiter.until(() -> !agent.reports().isFull(), "Coordinator takes no more reports");
        shared.exclusively(() -> agent.reports().add(report));
    }

    /**
     * Replaces the buffers by their mean over all workers that have seen examples. All workers call it after the same
     * step.
     *
     * @param afterStep the last one applied
     * @param examples how many this worker has seen since the last time; with 0 its buffers do not count
     */
    public void averageBuffers(long afterStep, long examples) {
        shared.exclusively(() -> traffic.average(afterStep, examples > 0));

        waiter.until(traffic.buffers()::isOver, "Buffers are incomplete");
    }

    /** Fetches all that its shard keeps of a range; between steps only. */
    public RangeContents pullState(int range) {
        return state.contents(range);
    }

    /** Fetches the scalars that its shard keeps of a range; between steps only. */
    double[] pullScalars(int range) {
        return state.scalars(range);
    }

    /**
     * Fetches the trained values as they should be evaluated: averaged where the optimizer keeps averages, else the
     * values themselves.
     *
     * @param into as long as the trained vector; direct and native-ordered
     */
    public void pullEvaluated(FloatBuffer into) {
        state.evaluated(into);
    }

    /** Gives the job up for everybody, unless somebody did before. */
    public void abort(AbortException.Kind kind, String reason) {
        shared.exclusively(() -> agent.abort(kind, reason));

        waiter.send();
    }

    /** Waits until the coordinator has all reports, and leaves. */
    @Override
    public void close() {
        try {
            if (agent.isSound()) {
                waiter.until(agent.reports()::isEmpty, "Reports are incomplete", FAREWELL);
                shared.exclusively(agent.session()::leave);
                waiter.until(agent.session()::isGone, "Leave is not answered", FAREWELL);
            }
        } finally {
            onClose.run();
        }
    }
}
