package dev.lockstep.driver.model;

import dev.lockstep.driver.average.Averaging;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.Replica;
import dev.lockstep.worker.ReplicaSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * What one network, or the mean of several of one shape, predicts. One replica takes the weights of one after another.
 * One thread.
 */
final class Committee implements AutoCloseable {
    private final Replica replica;
    private final float[][] vectors;
    private final Averaging averaging;

    /** @param vectors values and buffers of each network, one after the other; not changed */
    Committee(Network network, Loss loss, float[][] vectors) {
        this.replica = network.replica(loss, new ReplicaSettings());
        this.vectors = vectors;
        this.averaging = vectors.length == 2 ? null : Averaging.of(loss);
        take(0);
    }

    Tensor predict(Examples examples) {
        if (averaging == null) {
            return replica.predict(examples);
        }

        List<Tensor> predictions = new ArrayList<>();
        for (int member = 0; member < vectors.length / 2; member++) {
            take(member);
            predictions.add(replica.predict(examples));
        }
        return averaging.mean(predictions);
    }

    private void take(int member) {
        replica.values().duplicate().put(vectors[2 * member]);
        replica.bufferValues().duplicate().put(vectors[2 * member + 1]);
    }

    @Override
    public void close() {
        replica.close();
    }
}
