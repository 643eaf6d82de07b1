package dev.lockstep.driver.model;

import dev.lockstep.driver.average.Averaging;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.Inference;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.ReplicaSettings;
import java.util.ArrayList;
import java.util.List;

/** What one network, or the mean of several of one shape, predicts. Any number of threads at once. */
final class Committee implements AutoCloseable {
    private final List<Inference> members = new ArrayList<>();
    private final Averaging averaging;

    /** @param vectors values and buffers of each network, one after the other; copied */
    Committee(Network network, Loss loss, float[][] vectors, ReplicaSettings settings) {
        this.averaging = vectors.length == 2 ? null : Averaging.of(loss);
        for (int at = 0; at < vectors.length; at += 2) {
            members.add(network.inference(vectors[at], vectors[at + 1], settings));
        }
    }

    Tensor predict(Examples examples) {
        return averaging == null
                ? members.get(0).predict(examples)
                : averaging.mean(
                        members.stream().map(member -> member.predict(examples)).toList());
    }

    @Override
    public void close() {
        members.forEach(Inference::close);
    }
}
