package dev.lockstep.driver.task;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.plane.HostSeat;
import java.nio.FloatBuffer;

/** A worker that gives a gradient in each step, and gets the sum of all workers' gradients. One thread. */
public final class SumWorker {
    private final int index;
    private final int parameters;
    private final HostSeat seat;
    private final WorkerClient client;
    private long step = 1;
    private long computesSinceNs = System.nanoTime();

    SumWorker(int index, int parameters, HostSeat seat, WorkerClient client) {
        this.index = index;
        this.parameters = parameters;
        this.seat = seat;
        this.client = client;
    }

    /** 0 is the first. */
    public int index() {
        return index;
    }

    /** The one that the next {@link #add} ends; 1 is the first. */
    public long step() {
        return step;
    }

    /** Where this worker's gradient of a step is to be; live, direct and native-ordered. */
    public FloatBuffer gradient() {
        return seat.gradient().floats().duplicate().clear();
    }

    /** The sum that the last {@link #add} was for; live, and there until the next call. */
    public FloatBuffer sum() {
        return seat.values().floats().duplicate().clear();
    }

    /**
     * Ends a step: returns when the sum over all workers, added in their order, is in {@link #sum}.
     *
     * @param loss the sum over this worker's examples
     * @param examples in this worker's share; with 0 it adds nothing, and its gradient is not read
     */
    public void add(double loss, int examples) {
        if (!Double.isFinite(loss)) {
            throw new AbortException(
                    AbortException.Kind.TRAINING,
                    "Loss is not finite: step=" + step + ", worker=" + index + ", sum=" + loss
                            + ". A smaller learning rate or a clipped gradient may help.");
        }

        long computedNs = System.nanoTime() - computesSinceNs;
        if (examples == 0) {
            client.empty(step);
        } else {
            client.begin(step, examples);
            for (int parameter = parameters - 1; parameter >= 0; parameter--) {
                client.ready(parameter);
            }
        }
        client.await();
        client.report(new WorkerReport(step, loss, examples, examples, times(computedNs)));
        this.step++;
        this.computesSinceNs = System.nanoTime();
    }

    /** All computing is called the backward pass. */
    private WorkerTimes times(long computedNs) {
        WorkerTimes waited = client.times();
        return new WorkerTimes(0, 0, 0, computedNs, waited.sendNs(), waited.waitNs(), waited.applyNs(), 0);
    }
}
