package dev.lockstep.worker;

import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.ParameterInit;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A trained network on libtorch: modules, as many as threads predict at once, over the same two flat vectors. */
final class TorchInference implements Inference {
    private final TorchNetwork network;
    private final ReplicaSettings settings;
    private final FlatVector values;
    private final FlatVector bufferValues;
    /** The one used last comes first, so that as few are made as are needed. */
    private final Deque<Head> idle = new ConcurrentLinkedDeque<>();

    private TorchInference(TorchNetwork network, ReplicaSettings settings) {
        Placement place = settings.placement();
        this.network = network;
        this.settings = settings;
        this.values = new FlatVector(
                network.parameters().stream().map(ParameterInit::parameter).toList(), ScalarType.Float, place);
        this.bufferValues = new FlatVector(
                network.buffers().stream().map(BufferInit::buffer).toList(), ScalarType.Float, place);
    }

    /** @param values and {@code buffers} are copied */
    static TorchInference of(TorchNetwork network, float[] values, float[] buffers, ReplicaSettings settings) {
        Natives.load();
        Natives.require(settings.placement());
        TorchInference inference = new TorchInference(network, settings);
        inference.values.floats().put(values);
        inference.values.toDevice();
        inference.bufferValues.floats().put(buffers);
        inference.bufferValues.toDevice();
        return inference;
    }

    @Override
    public Tensor predict(Examples share) {
        Natives.useThreads(settings.threads());
        Head head = idle.pollFirst();
        if (head == null) {
            head = Head.of(network, values, bufferValues, settings.placement());
        }
        try {
            return head.outputs.predict(share);
        } finally {
            idle.addFirst(head);
        }
    }

    @Override
    public void close() {
        for (Head head = idle.pollFirst(); head != null; head = idle.pollFirst()) {
            head.close();
        }
        values.close();
        bufferValues.close();
    }

    /** What one thread needs for itself. */
    private record Head(TorchModule module, FeatureLoader inputs, Outputs outputs) {
        static Head of(TorchNetwork network, FlatVector values, FlatVector buffers, Placement place) {
            TorchModule module = network.module(place);
            FeatureLoader inputs = new FeatureLoader(network.inputShape(), ScalarType.Float, place);
            module.attach(values.views(), buffers.views());
            return new Head(module, inputs, new Outputs(module, inputs));
        }

        void close() {
            module.close();
            inputs.close();
        }
    }
}
