package dev.lockstep.worker;

import dev.lockstep.losses.Loss;
import dev.lockstep.worker.check.LossSurface;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.LayerInfo;
import dev.lockstep.worker.layer.ParameterInit;
import java.util.List;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A network that libtorch computes: its consistence, and modules to compute with. */
public interface TorchNetwork extends Network {
    Blueprint blueprint();

    /** A new module, not yet attached to any tensors; libtorch is loaded. */
    TorchModule module(Placement place);

    @Override
    default List<ParameterInit> parameters() {
        return blueprint().parameters();
    }

    @Override
    default List<BufferInit> buffers() {
        return blueprint().buffers();
    }

    @Override
    default List<Integer> inputShape() {
        return blueprint().inputShape();
    }

    @Override
    default List<Integer> outputShape() {
        return blueprint().outputShape();
    }

    @Override
    default List<LayerInfo> layers() {
        return blueprint().layers();
    }

    @Override
    default Replica replica(Loss loss, ReplicaSettings settings) {
        return TorchReplica.of(this, loss, settings, ScalarType.Float);
    }

    @Override
    default Replica replica(Loss loss, ReplicaSettings settings, ReplicaMemory memory) {
        return TorchReplica.in(memory, this, loss, settings);
    }

    @Override
    default Inference inference(float[] values, float[] buffers, ReplicaSettings settings) {
        return TorchInference.of(this, values, buffers, settings);
    }

    @Override
    default LossSurface lossSurface(Loss loss, Examples share, long seed, int threads) {
        ReplicaSettings settings = new ReplicaSettings(threads, Device.CPU);
        return new TorchLossSurface(this, TorchReplica.of(this, loss, settings, ScalarType.Double), share, seed);
    }
}
