package dev.lockstep.driver.task;

import dev.lockstep.losses.LossSum;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.worker.GradientSink;

/** Hands a step's gradients from the replica to the parameter server and takes the time of every part. One thread. */
final class StepTimer implements GradientSink {
    private final WorkerClient client;
    private long step;
    private LossSum loss;
    private long beganNs;
    private long inputNs;
    private long predictedNs;
    private long startedNs;
    private long handingNs;
    private long handingBeforeNs;

    StepTimer(WorkerClient client) {
        this.client = client;
    }

    /** @param inputNs what it took to assemble the share */
    void begin(long step, long inputNs) {
        this.step = step;
        this.inputNs = inputNs;
        this.handingNs = 0;
        this.handingBeforeNs = 0;
        this.loss = LossSum.NONE;
        this.beganNs = System.nanoTime();
        this.predictedNs = beganNs;
        this.startedNs = beganNs;
    }

    /** The same step evaluates the loss once more; what is timed in the end is its last evaluation. */
    void again(long evaluation) {
        begin(evaluation, inputNs);
    }

    /** What {@link #begin} was told. */
    long step() {
        return step;
    }

    @Override
    public void predicted() {
        predictedNs = System.nanoTime();
        handingBeforeNs = handingNs;
    }

    @Override
    public void allReduce(double[] values) {
        long now = System.nanoTime();
        client.allReduce(step, values);
        handingNs += System.nanoTime() - now;
    }

    @Override
    public void started(LossSum sum) {
        startedNs = System.nanoTime();
        loss = sum;
        client.begin(step, sum.weight());
        handingNs += System.nanoTime() - startedNs;
    }

    @Override
    public void ready(int parameter) {
        long now = System.nanoTime();
        client.ready(parameter);
        handingNs += System.nanoTime() - now;
    }

    @Override
    public void ready(int parameter, int[] rows) {
        long now = System.nanoTime();
        client.ready(parameter, rows);
        handingNs += System.nanoTime() - now;
    }

    LossSum loss() {
        return loss;
    }

    /**
     * The whole step's times.
     *
     * @param computedNs when the backward pass was over, by {@link System#nanoTime}
     * @param communication what the client says of the same step
     */
    WorkerTimes times(long computedNs, WorkerTimes communication) {
        return new WorkerTimes(
                inputNs,
                predictedNs - beganNs - handingBeforeNs,
                startedNs - predictedNs,
                computedNs - startedNs - (handingNs - handingBeforeNs),
                communication.sendNs(),
                communication.waitNs(),
                communication.applyNs(),
                communication.hiddenNs());
    }
}
