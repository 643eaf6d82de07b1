package dev.lockstep.worker;

import dev.lockstep.losses.Loss;
import dev.lockstep.worker.check.LossSurface;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.LayerInfo;
import dev.lockstep.worker.layer.ParameterInit;
import dev.lockstep.worker.layer.Scope;
import dev.lockstep.worker.layer.Stack;
import dev.lockstep.worker.layer.Unit;
import dev.lockstep.worker.script.ScriptFile;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A job file's layers, fitted to the shape of the examples. Immutable. */
public final class LayeredNetwork implements Network {
    private final NetworkSpec spec;
    private final List<Integer> inputShape;
    private final List<Integer> outputShape;
    private final List<ParameterInit> parameters;
    private final List<BufferInit> buffers;
    private final List<LayerInfo> layers;
    private final boolean exchanging;
    private final transient Unit unit;

    /**
     * @param inputShape extents of one example
     * @throws IllegalArgumentException if a layer does not fit what comes before it; names the layer and both shapes
     */
    public LayeredNetwork(NetworkSpec spec, List<Integer> inputShape) {
        Scope scope = Scope.root();
        this.spec = spec;
        this.inputShape = List.copyOf(inputShape);
        this.unit = Stack.unit(spec.layers(), this.inputShape, scope);
        this.outputShape = unit.output();
        this.parameters = scope.parameters();
        this.buffers = scope.buffers();
        this.layers = scope.layers();
        this.exchanging = scope.isExchanging();
    }

    @Override
    public List<ParameterInit> parameters() {
        return parameters;
    }

    @Override
    public List<BufferInit> buffers() {
        return buffers;
    }

    @Override
    public List<Integer> inputShape() {
        return inputShape;
    }

    @Override
    public List<Integer> outputShape() {
        return outputShape;
    }

    @Override
    public List<LayerInfo> layers() {
        return layers;
    }

    @Override
    public LossSurface lossSurface(Loss loss, Examples share, long seed, int threads) {
        ReplicaSettings settings = new ReplicaSettings(threads, Device.CPU);
        return new TorchLossSurface(this, replica(loss, settings, ScalarType.Double), share, seed);
    }

    @Override
    public Replica replica(Loss loss, ReplicaSettings settings) {
        return replica(loss, settings, ScalarType.Float);
    }

    /** A replica with values of another type, for checks that float32 is too coarse for. */
    TorchReplica replica(Loss loss, ReplicaSettings settings, ScalarType type) {
        Natives.load();
        return TorchReplica.of(this, new LayeredBody(unit.forward(), exchanging), loss, settings, type);
    }

    @Override
    public void writeTorchScript(List<NamedValues> tensors, Path file) {
        Natives.load();
        Set<String> trained = parameters.stream()
                .map(parameter -> parameter.parameter().name())
                .collect(Collectors.toSet());
        Natives.freeing(() -> {
            Map<String, Tensor> natives = new LinkedHashMap<>();
            for (NamedValues named : tensors) {
                String name = named.parameter().name();
                natives.put(name, Tensors.of(named).set_requires_grad(trained.contains(name)));
            }
            ScriptFile.write(spec.layers(), inputShape, natives, file);
            return file;
        });
    }

    /** Functions do not travel: the network is fitted anew where it arrives. */
    private Object writeReplace() {
        return new Packed(spec, inputShape);
    }

    private record Packed(NetworkSpec spec, List<Integer> inputShape) implements Serializable {
        private Object readResolve() {
            return new LayeredNetwork(spec, inputShape);
        }
    }
}
