package dev.lockstep.dl4j.saved;

import dev.lockstep.losses.Loss;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Tensor;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.GradientSink;
import dev.lockstep.worker.Replica;
import dev.lockstep.worker.ReplicaMemory;
import dev.lockstep.worker.ShareLoss;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.ParameterInit;
import dev.lockstep.worker.layerstats.LayerAccumulator;
import dev.lockstep.worker.layerstats.LayerFigures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** A saved network in a worker. Its gradient is there when all of the backward pass is over. */
final class SavedReplica implements Replica {
    private final List<Integer> inputShape;
    private final List<Integer> outputShape;
    private final List<Parameter> parameters;
    private final List<Parameter> buffers;
    private final LoadedNet net;
    private final ReplicaMemory memory;
    private final FloatBuffer kept;
    private double lossScale = 1;

    SavedReplica(SavedNetwork network, Loss loss, ReplicaMemory memory) {
        this.inputShape = network.inputShape();
        this.outputShape = network.outputShape();
        this.parameters =
                network.parameters().stream().map(ParameterInit::parameter).toList();
        this.buffers = network.buffers().stream().map(BufferInit::buffer).toList();
        this.net = LoadedNet.of(network.file(), new ShareLoss(loss));
        this.memory = memory;
        this.kept = direct(buffers);
        network.buffers().forEach(buffer -> kept.put(buffer.values()));
        kept.rewind();
        clearGradient();
    }

    static ReplicaMemory memory(List<ParameterInit> parameters) {
        List<Parameter> all = parameters.stream().map(ParameterInit::parameter).toList();
        return new ReplicaMemory(direct(all), direct(all));
    }

    private static FloatBuffer direct(List<Parameter> tensors) {
        int size = tensors.stream().mapToInt(Parameter::size).reduce(0, Math::addExact);
        return ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public List<Parameter> buffers() {
        return buffers;
    }

    @Override
    public FloatBuffer values() {
        return memory.values().duplicate().rewind();
    }

    @Override
    public FloatBuffer gradient() {
        return memory.gradient().duplicate().rewind();
    }

    @Override
    public FloatBuffer bufferValues() {
        return kept.duplicate().rewind();
    }

    @Override
    public LossSum train(Examples share, long seed, GradientSink sink) {
        LossSum loss = LossSum.NONE;
        if (share.count() == 0) {
            sink.predicted();
            clearGradient();
        } else {
            net.put(memory.values(), kept);
            loss = net.train(share, inputShape, outputShape, seed);
            sink.predicted();
            take(net.gradient());
        }
        sink.started(loss);
        for (int parameter = parameters.size() - 1; parameter >= 0; parameter--) {
            sink.ready(parameter);
        }
        return loss;
    }

    private void take(float[] flat) {
        FloatBuffer gradient = gradient();
        FloatBuffer statistics = bufferValues();
        for (Piece piece : net.pieces()) {
            int end = piece.start() + piece.parameter().size();
            if (!piece.kept()) {
                gradient.put(flat, piece.start(), end - piece.start());
                continue;
            }
            for (int i = piece.start(); i < end; i++) {
                int at = statistics.position();
                statistics.put(statistics.get(at) - (piece.moves() ? flat[i] : 0));
            }
        }
    }

    private void clearGradient() {
        FloatBuffer gradient = gradient();
        while (gradient.hasRemaining()) {
            gradient.put(0);
        }
    }

    /** Nothing here is computed in a type in which small gradients would be lost: it is for the figures alone. */
    @Override
    public void scaleLoss(double factor) {
        lossScale = factor;
    }

    @Override
    public void accompany(Examples none, long seed, GradientSink sink) {}

    @Override
    public List<LayerFigures> monitor(Examples share, long seed, GradientSink sink) {
        LayerAccumulator whole = new LayerAccumulator(null);
        net.observe((predictions, slope) -> {
            whole.handedOn(predictions.data(), predictions.shape(), /* wanted */ true);
            double scale = lossScale;
            whole.gotBack(
                    Arrays.stream(slope.data()).map(value -> value * scale).toArray(), scale);
        });
        LossSum unused = train(share, seed, sink);
        net.observe((predictions, slope) -> {});
        return List.of(whole.figures());
    }

    @Override
    public Tensor predict(Examples share) {
        net.put(memory.values(), kept);
        return net.output(share, inputShape);
    }

    @Override
    public void close() {
        net.close();
    }
}
