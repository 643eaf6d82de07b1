package dev.lockstep.worker;

import dev.lockstep.losses.LossSum;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Workers in threads that add up with one another. */
final class Meeting {
    private final double[][] places;
    private final CyclicBarrier barrier;

    Meeting(int workers) {
        this.places = new double[workers][];
        this.barrier = new CyclicBarrier(workers);
    }

    GradientSink sink(int worker) {
        return new GradientSink() {
            @Override
            public void started(LossSum loss) {}

            @Override
            public void ready(int parameter) {}

            @Override
            public void allReduce(double[] values) {
                Meeting.this.allReduce(worker, values);
            }
        };
    }

    private void allReduce(int worker, double[] values) {
        places[worker] = values.clone();
        await();
        for (int i = 0; i < values.length; i++) {
            double sum = 0;
            for (double[] each : places) {
                sum += each[i];
            }
            values[i] = sum;
        }
        await();
    }

    private void await() {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("A worker did not come", e);
        }
    }
}
