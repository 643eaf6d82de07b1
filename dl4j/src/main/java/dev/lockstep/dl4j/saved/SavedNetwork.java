package dev.lockstep.dl4j.saved;

import dev.lockstep.dl4j.net.Threads;
import dev.lockstep.losses.Loss;
import dev.lockstep.worker.Device;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.FixedValues;
import dev.lockstep.worker.Inference;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.Precision;
import dev.lockstep.worker.Replica;
import dev.lockstep.worker.ReplicaMemory;
import dev.lockstep.worker.ReplicaSettings;
import dev.lockstep.worker.check.LossSurface;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.LayerInfo;
import dev.lockstep.worker.layer.ParameterInit;
import dev.lockstep.worker.safetensors.NamedValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network that Deeplearning4j saved and computes. It takes one tensor, examples first, and gives one row each.
 *
 * <p>Its tensors are called {@code LAYER.KEY}, as {@code 0.W}, and have their values from the file. Statistics and
 * frozen layers are kept and not trained. The file's updaters, regularisation and constraints are not used. Immutable.
 *
 * @param file not copied
 */
record SavedNetwork(
        byte[] file,
        List<ParameterInit> parameters,
        List<BufferInit> buffers,
        List<Integer> inputShape,
        List<Integer> outputShape)
        implements Network {

    /** @throws IllegalArgumentException if it cannot be read, trains nothing, or does not take such examples */
    static SavedNetwork of(byte[] file, List<Integer> inputShape) {
        try (LoadedNet net = LoadedNet.of(file)) {
            List<ParameterInit> parameters = new ArrayList<>();
            List<BufferInit> buffers = new ArrayList<>();
            float[] values = net.values().dup('c').data().asFloat();
            for (Piece piece : net.pieces()) {
                FixedValues own = new FixedValues(Arrays.copyOfRange(
                        values, piece.start(), piece.start() + piece.parameter().size()));
                if (piece.kept()) {
                    buffers.add(new BufferInit(piece.parameter(), own));
                } else {
                    parameters.add(new ParameterInit(piece.parameter(), own));
                }
            }
            if (parameters.isEmpty()) {
                throw new IllegalArgumentException(
                        "A saved network must have something to train: parameters=0, kept=" + buffers.size());
            }
            return new SavedNetwork(file, parameters, buffers, inputShape, outputShape(net, inputShape));
        }
    }

    private static List<Integer> outputShape(LoadedNet net, List<Integer> inputShape) {
        int size = inputShape.stream().reduce(1, Math::multiplyExact);
        int[] shape;
        try {
            shape = net.output(new Examples(1, new float[][] {new float[size]}, new float[0]), inputShape)
                    .shape();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "The saved network does not take such examples: shape=" + inputShape + ", reason=" + e.getMessage(),
                    e);
        }
        if (shape.length != 2 || shape[0] != 1) {
            throw new IllegalArgumentException(
                    "A saved network must give one row for each example: output=" + Arrays.toString(shape));
        }
        return List.of(shape[1]);
    }

    @Override
    public Replica replica(Loss loss, ReplicaSettings settings) {
        return replica(loss, settings, SavedReplica.memory(parameters));
    }

    @Override
    public Replica replica(Loss loss, ReplicaSettings settings, ReplicaMemory memory) {
        if (settings.device() != Device.CPU || settings.precision() != Precision.FLOAT32) {
            throw new IllegalArgumentException("A network of Deeplearning4j is trained on the CPU in float32: device="
                    + settings.device() + ", precision=" + settings.precision());
        }
        Threads.use(settings.threads());
        return new SavedReplica(this, loss, memory);
    }

    @Override
    public Inference inference(float[] values, float[] buffers, ReplicaSettings settings) {
        Threads.use(settings.threads());
        return new SavedInference(this, values.clone(), buffers.clone());
    }

    @Override
    public void writeTorchScript(List<NamedValues> tensors, Path unused) {
        throw new IllegalArgumentException("A network of Deeplearning4j cannot be written as TorchScript:" + " tensors="
                + tensors.size() + ". Make layers of it first: lockstep convert");
    }

    /** Its inner layers cannot be seen: the whole network counts as one. */
    @Override
    public List<LayerInfo> layers() {
        return List.of(new LayerInfo("dl4j", outputShape, /* weighted */ true, /* bounds */ null));
    }

    @Override
    public LossSurface lossSurface(Loss loss, Examples share, long seed, int threads) {
        throw new IllegalArgumentException("A network of Deeplearning4j is computed in float32, which is too coarse to"
                + " compare its gradient: layers of lockstep convert are compared");
    }
}
