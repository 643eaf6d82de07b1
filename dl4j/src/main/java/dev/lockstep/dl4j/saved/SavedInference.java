package dev.lockstep.dl4j.saved;

import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.Inference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A trained network of Deeplearning4j for predictions: a copy of it for each thread that predicts at once. */
final class SavedInference implements Inference {
    private final SavedNetwork network;
    private final float[] values;
    private final float[] buffers;
    private final Queue<LoadedNet> idle = new ConcurrentLinkedQueue<>();

    SavedInference(SavedNetwork network, float[] values, float[] buffers) {
        this.network = network;
        this.values = values;
        this.buffers = buffers;
    }

    @Override
    public Tensor predict(Examples share) {
        if (share.count() == 0) {
            return Tensor.zeros(0, network.outputShape().get(0));
        }
        LoadedNet net = idle.poll();
        if (net == null) {
            net = LoadedNet.of(network.file());
            net.put(values, buffers);
        }
        Tensor output = net.output(share, network.inputShape());
        idle.add(net);
        return output;
    }

    @Override
    public void close() {
        for (LoadedNet net = idle.poll(); net != null; net = idle.poll()) {
            net.close();
        }
    }
}
