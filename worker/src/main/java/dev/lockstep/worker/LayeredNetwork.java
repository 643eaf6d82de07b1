package dev.lockstep.worker;

import dev.lockstep.worker.layer.Scope;
import dev.lockstep.worker.layer.Stack;
import dev.lockstep.worker.layer.Unit;
import dev.lockstep.worker.safetensors.NamedValues;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/** A job file's layers, fitted to the shape of the examples. Immutable. */
public final class LayeredNetwork implements TorchNetwork {
    private final NetworkSpec spec;
    private final Blueprint blueprint;
    private final boolean reducing;
    private final String severalInShare;
    private final String severalInBatch;
    private final transient Unit unit;

    /**
     * @param inputShape extents of one example
     * @throws IllegalArgumentException if a layer does not fit what comes before it; names the layer and both shapes
     */
    public LayeredNetwork(NetworkSpec spec, List<Integer> inputShape) {
        Scope scope = Scope.root();
        this.spec = spec;
        this.unit = unit(spec, List.copyOf(inputShape), scope);
        this.blueprint = new Blueprint(scope.parameters(), scope.buffers(), inputShape, unit.output(), scope.layers());
        this.reducing = scope.isReducing();
        this.severalInShare = scope.severalOfShare();
        this.severalInBatch = scope.severalOfBatch();
    }

    static Unit unit(NetworkSpec spec, List<Integer> inputShape, Scope scope) {
        if (spec.inputs() == null) {
            return Stack.unit(spec.layers(), inputShape, scope);
        }
        if (!spec.inputs().example().equals(inputShape)) {
            throw new IllegalArgumentException(
                    "Inputs do not fit the examples: inputs=" + spec.inputs().example() + ", example=" + inputShape);
        }
        Unit met = spec.inputs().unit(scope);
        Unit layers = Stack.unit(spec.layers(), met.output(), scope);
        return new Unit(layers.output(), (x, pass) -> layers.forward()
                .forward(met.forward().forward(x, pass), pass));
    }

    @Override
    public Blueprint blueprint() {
        return blueprint;
    }

    @Override
    public Optional<String> severalInShare() {
        return Optional.ofNullable(severalInShare);
    }

    @Override
    public Optional<String> severalInBatch() {
        return Optional.ofNullable(severalInBatch);
    }

    @Override
    public TorchModule module(Placement place) {
        return new LayeredModule(unit.forward(), reducing);
    }

    @Override
    public void writeTorchScript(List<NamedValues> tensors, Path file) {
        Natives.load();
        Set<String> trained = parameters().stream()
                .map(parameter -> parameter.parameter().name())
                .collect(Collectors.toSet());
        Natives.freeing(() -> {
            Map<String, Tensor> natives = new LinkedHashMap<>();
            for (NamedValues named : tensors) {
                String name = named.parameter().name();
                natives.put(name, Tensors.of(named).set_requires_grad(trained.contains(name)));
            }
            LayeredScript.write(spec, inputShape(), natives, file);
            return file;
        });
    }

    /** Functions do not travel: the network is fitted anew where it arrives. */
    private Object writeReplace() {
        return new Packed(spec, inputShape());
    }

    private record Packed(NetworkSpec spec, List<Integer> inputShape) implements Serializable {
        private Object readResolve() {
            return new LayeredNetwork(spec, inputShape);
        }
    }
}
