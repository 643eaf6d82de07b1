package dev.lockstep.worker;

import dev.lockstep.losses.Loss;
import dev.lockstep.losses.LossSum;
import dev.lockstep.losses.Tensor;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.LayerInfo;
import dev.lockstep.worker.layer.ParameterInit;
import dev.lockstep.worker.layerstats.LayerFigures;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A network on libtorch. Parameters, gradient and buffers are flat vectors; what autograd works with are views on them.
 */
final class TorchReplica implements Replica {
    private final List<Parameter> parameters;
    private final List<Parameter> buffers;
    private final List<LayerInfo> layers;
    private final TorchModule module;
    private final ShareLoss objective;
    private final int threads;
    private final Autocast autocast;
    private final ScalarType type;

    private final FlatVector values;
    private final FlatVector gradient;
    private final FlatVector bufferValues;
    private final FeatureLoader inputs;
    private final Outputs outputs;
    private final GradientHooks hooks;
    /** Null where autograd computes all gradients. */
    private final DirectLinear direct;

    private double lossScale = 1;

    /** @param memory null for memory of its own */
    private TorchReplica(
            TorchNetwork network, Loss loss, ReplicaSettings settings, ScalarType type, ReplicaMemory memory) {
        Placement place = settings.placement();
        this.parameters =
                network.parameters().stream().map(ParameterInit::parameter).toList();
        this.buffers = network.buffers().stream().map(BufferInit::buffer).toList();
        this.layers = network.layers();
        this.module = network.module(place);
        this.objective = new ShareLoss(loss);
        this.threads = settings.threads();
        this.type = type;
        this.autocast = new Autocast(settings.precision(), settings.device());
        this.values = memory == null
                ? new FlatVector(parameters, type, place)
                : new FlatVector(parameters, memory.values(), place);
        this.gradient = memory == null
                ? new FlatVector(parameters, type, Placement.CPU)
                : new FlatVector(parameters, memory.gradient(), Placement.CPU);
        this.bufferValues = new FlatVector(buffers, type, place);
        this.inputs = new FeatureLoader(network.inputShape(), type, place);
        this.outputs = new Outputs(module, inputs);
        this.hooks =
                new GradientHooks(module.attach(values.views(), bufferValues.views()), gradient, parameters, place);
        boolean isDirect = hooks.takesEach() && place.isOnHost() && settings.precision() == Precision.FLOAT32;
        this.direct = isDirect ? new DirectLinear(hooks, values.moreViews()) : null;
    }

    /**
     * A replica with its buffers at their first values.
     *
     * @param type of all values; with another one than Float the three float buffers cannot be had
     */
    static TorchReplica of(TorchNetwork network, Loss loss, ReplicaSettings settings, ScalarType type) {
        return started(network, loss, settings, type, null);
    }

    /** A replica with its buffers at their first values, and the parameters that are in the memory. */
    static TorchReplica in(ReplicaMemory memory, TorchNetwork network, Loss loss, ReplicaSettings settings) {
        TorchReplica replica = started(network, loss, settings, ScalarType.Float, memory);
        replica.gradient.clear();
        return replica;
    }

    private static TorchReplica started(
            TorchNetwork network, Loss loss, ReplicaSettings settings, ScalarType type, ReplicaMemory memory) {
        Natives.load();
        Natives.require(settings.placement());
        TorchReplica replica = new TorchReplica(network, loss, settings, type, memory);
        replica.bufferValues.start(network.buffers());
        replica.hooks.register();
        return replica;
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
        return values.floats();
    }

    @Override
    public FloatBuffer gradient() {
        return gradient.floats();
    }

    @Override
    public FloatBuffer bufferValues() {
        return bufferValues.floats();
    }

    /** The parameters, of whatever type; live. */
    FlatVector parameterVector() {
        return values;
    }

    /** The gradient, of whatever type; live. */
    FlatVector gradientVector() {
        return gradient;
    }

    /** The buffers, of whatever type; live. */
    FlatVector bufferVector() {
        return bufferValues;
    }

    @Override
    public LossSum train(Examples share, long seed, GradientSink sink) {
        if (share.count() == 0) {
            accompany(share, seed, sink);
            sink.predicted();
            hooks.start(sink, LossSum.NONE);
            hooks.finish();
            return LossSum.NONE;
        }

        Natives.useThreads(threads);
        return Natives.freeing(() -> step(share, seed, sink));
    }

    @Override
    public List<LayerFigures> monitor(Examples share, long seed, GradientSink sink) {
        LayerMonitor monitor = new LayerMonitor(layers, lossScale);
        module.observe(monitor);
        try {
            train(share, seed, sink);
        } finally {
            module.observe(null);
        }
        return monitor.figures();
    }

    @Override
    public void scaleLoss(double factor) {
        this.lossScale = factor;
        hooks.unscale(1 / factor);
    }

    private LossSum step(Examples share, long seed, GradientSink sink) {
        if (module.isReducing()) {
            module.join(new SinkReducer(sink, hooks, /* isGhost */ false));
        }
        // Of several groups of features a parameter has a gradient each, which autograd adds.
        module.sumBy(share.features().length == 1 ? direct : null);
        org.bytedeco.pytorch.Tensor output = forward(share, seed);
        sink.predicted();

        Tensor predictions = Tensors.doubles(output);
        Tensor slope = Tensor.zeros(predictions.shape());
        LossSum loss = objective.evaluate(predictions, share, slope);
        hooks.start(sink, loss);
        backward(output, Tensors.like(output, scaled(slope)));
        hooks.finish();
        return loss;
    }

    private Tensor scaled(Tensor slope) {
        double[] values = slope.data();
        for (int i = 0; lossScale != 1 && i < values.length; i++) {
            values[i] *= lossScale;
        }
        return slope;
    }

    /**
     * The loss that {@link #train} would find, without a backward pass.
     *
     * @throws IllegalArgumentException if the network does not compute with this replica's type of values
     */
    LossSum lossInTraining(Examples share, long seed) {
        module.sumBy(null);
        Natives.useThreads(threads);
        Tensor predictions = Natives.freeingWithoutGradients(() -> {
            if (module.isReducing()) {
                module.join(new SinkReducer(NoSink.NO_SINK, hooks, /* isGhost */ false));
            }
            org.bytedeco.pytorch.Tensor output = forward(share, seed);
            if (output.scalar_type().intern() != type) {
                throw new IllegalArgumentException("The network does not compute in one type of values: parameters="
                        + type + ", predictions=" + output.scalar_type().intern());
            }
            return Tensors.doubles(output);
        });
        return objective.evaluate(predictions, share, null);
    }

    @Override
    public void accompany(Examples none, long seed, GradientSink sink) {
        if (module.isReducing()) {
            Natives.useThreads(threads);
            Natives.freeing(() -> ghostStep(inputs.ghost(none), seed, sink));
        }
    }

    private LossSum ghostStep(Examples ghost, long seed, GradientSink sink) {
        module.join(new SinkReducer(sink, hooks, /* isGhost */ true));
        org.bytedeco.pytorch.Tensor output = forward(ghost, seed);
        hooks.start(NoSink.NO_SINK, LossSum.NONE);
        backward(output, torch.zeros_like(output));
        hooks.finish();
        return LossSum.NONE;
    }

    private org.bytedeco.pytorch.Tensor forward(Examples share, long seed) {
        values.toDevice();
        bufferValues.toDevice();
        org.bytedeco.pytorch.Tensor output = module.seeded(
                seed, () -> autocast.during(() -> outputs.of(share, 0, share.count(), /* training */ true)));
        bufferValues.toHost();
        return output;
    }

    private static void backward(org.bytedeco.pytorch.Tensor output, org.bytedeco.pytorch.Tensor slope) {
        if (output.requires_grad()) {
            output.backward(slope, /* retain_graph */ null, /* create_graph */ false, /* inputs */ null);
        }
    }

    @Override
    public Tensor predict(Examples share) {
        Natives.useThreads(threads);
        values.toDevice();
        bufferValues.toDevice();
        return outputs.predict(share);
    }

    @Override
    public void close() {
        module.close();
        if (direct != null) {
            direct.close();
        }
        inputs.close();
        values.close();
        gradient.close();
        bufferValues.close();
    }
}
