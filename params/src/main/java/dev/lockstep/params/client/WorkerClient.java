package dev.lockstep.params.client;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.Segment;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.shard.RangeContents;

/**
 * A worker's end of the parameter server: pushes gradients, receives new values.
 *
 * <p>Called by the one thread that computes. While that thread computes, a background thread of the process answers in its place.
 * Every wait ends with an answer, with the job's {@link AbortException}, or with a
 * {@link dev.lockstep.params.ParamException} that names the shards, the step and the time waited.
 *
 * <pre>
 *   client.pull();
 *   for (step = segment.from(); step &lt; segment.to(); step++) {
 *       replica.train(share, seed, sink);     // sink.started → begin, sink.ready → ready
 *       stop = client.await();
 *       client.report(...);
 *   }
 *   client.averageBuffers(...);               // at the end of an epoch
 *   client.close();
 * </pre>
 */
public final class WorkerClient implements AutoCloseable {
    /** The steps that this worker joined for. */
    public Segment segment() {
        throw new UnsupportedOperationException();
    }

    /** Fills the values and buffers with what the shards have after step {@code segment().before()}. */
    public void pull() {
        throw new UnsupportedOperationException();
    }

    /**
     * The forward pass of a step is over.
     *
     * @param weight of this worker's share, what the loss's mean divides by; the shards divide by the sum over all workers
     */
    public void begin(long step, double weight) {
        throw new UnsupportedOperationException();
    }

    /**
     * A gradient is finished: it is pushed as soon as its whole range is. Its values may be overwritten with new ones from now on.
     *
     * @param parameter index in the layout's parameters
     */
    public void ready(int parameter) {
        throw new UnsupportedOperationException();
    }

    /** Takes part in a step without examples; stands for {@link #begin} and every {@link #ready}. */
    public void empty(long step) {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns once all values of the begun step have arrived.
     *
     * @return whether the job is to end after this step; the same in every worker
     */
    public boolean await() {
        throw new UnsupportedOperationException();
    }

    /** Where the time of the step went that {@link #await} ended; the computing times are 0. */
    public WorkerTimes times() {
        throw new UnsupportedOperationException();
    }

    /** Tells the coordinator; returns at once unless far too many are under way. */
    public void report(WorkerReport report) {
        throw new UnsupportedOperationException();
    }

    /**
     * Replaces the buffers by their mean over all workers that have seen examples. All workers call it after the same step.
     *
     * @param step the last one applied
     * @param examples how many this worker has seen since the last time; with 0 its buffers do not count
     */
    public void averageBuffers(long step, long examples) {
        throw new UnsupportedOperationException();
    }

    /** Fetches all that its shard keeps of a range; between steps only. */
    public RangeContents pullState(int range) {
        throw new UnsupportedOperationException();
    }

    /** Gives the job up for everybody, unless somebody did before. */
    public void abort(AbortException.Kind kind, String reason) {
        throw new UnsupportedOperationException();
    }

    /** Waits until the coordinator has all reports, and leaves. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
