package dev.lockstep.worker.torchscript;

import dev.lockstep.params.Parameter;
import dev.lockstep.worker.FixedValues;
import dev.lockstep.worker.Natives;
import dev.lockstep.worker.Tensors;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.ParameterInit;
import dev.lockstep.worker.safetensors.NamedValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.bytedeco.pytorch.GraphOptimizerEnabledGuard;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.NamedTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.named_buffer_iterator;
import org.bytedeco.pytorch.named_buffer_list;
import org.bytedeco.pytorch.named_parameter_iterator;
import org.bytedeco.pytorch.named_parameter_list;

/** A loaded TorchScript module with its tensors by name. One thread at a time. */
final class Script implements AutoCloseable {
    /** Words in a program's text that draw from libtorch's default generator. */
    private static final Pattern RANDOM = Pattern.compile(
            "\\b\\w*(dropout|bernoulli|rand|normal|uniform|exponential|multinomial|poisson|rrelu)\\w*\\b|\\b(lstm|gru)\\b");

    private final JitModule module;
    private final Map<String, Tensor> trained = new LinkedHashMap<>();
    private final Map<String, Tensor> kept = new LinkedHashMap<>();
    private final boolean random;

    private Script(JitModule module) {
        this.module = module;
        this.random = RANDOM.matcher(module.dump_to_str(true, false, false).getString())
                .find();
    }

    /**
     * @param trusted whether its code may read and write files
     * @throws UntrustedScriptException if it could, and is not trusted; nothing of it has run then
     * @throws IllegalArgumentException if it cannot be read
     */
    static Script load(byte[] program, boolean trusted) {
        Natives.load();
        Script script = new Script(module(program, trusted));
        Natives.freeing(() -> script.findTensors());
        return script;
    }

    /** libtorch reads from files; this one is gone before the method returns. */
    private static JitModule module(byte[] program, boolean trusted) {
        try {
            Path file = Files.createTempFile("lockstep", ".pt");
            try {
                Files.write(file, program);
                if (!trusted) {
                    ScriptArchive.requireHarmless(file);
                }
                return torch.load(file.toString());
            } catch (UntrustedScriptException e) {
                throw e;
            } catch (RuntimeException | ZipException e) {
                throw new IllegalArgumentException(
                        "TorchScript cannot be read: bytes=" + program.length + ", reason=" + Tensors.reason(e), e);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Script findTensors() {
        named_parameter_list all = module.named_parameters(true);
        named_parameter_iterator end = all.end();
        for (named_parameter_iterator i = all.begin(); i.notEquals(end); i.increment()) {
            add(i.multiply());
        }
        named_buffer_list rest = module.named_buffers(true);
        named_buffer_iterator last = rest.end();
        for (named_buffer_iterator i = rest.begin(); i.notEquals(last); i.increment()) {
            add(i.multiply());
        }
        return this;
    }

    private void add(NamedTensor named) {
        Tensor tensor = new Tensor(named.value()).retainReference();
        (tensor.requires_grad() ? trained : kept).put(named.name().getString(), tensor);
    }

    List<ParameterInit> parameters() {
        List<ParameterInit> inits = new ArrayList<>();
        trained.forEach((name, tensor) ->
                inits.add(new ParameterInit(new Parameter(name, Tensors.shape(tensor)), given(tensor))));
        return List.copyOf(inits);
    }

    List<BufferInit> buffers() {
        List<BufferInit> inits = new ArrayList<>();
        kept.forEach(
                (name, tensor) -> inits.add(new BufferInit(new Parameter(name, Tensors.shape(tensor)), given(tensor))));
        return List.copyOf(inits);
    }

    private static FixedValues given(Tensor tensor) {
        return new FixedValues(Tensors.floats(tensor));
    }

    /** The module's own, in the order of {@link #parameters}; live. */
    Tensor[] trainedTensors() {
        return trained.values().toArray(Tensor[]::new);
    }

    /** The module's own, in the order of {@link #buffers}; live. */
    Tensor[] keptTensors() {
        return kept.values().toArray(Tensor[]::new);
    }

    /** Gives its tensors other values, by name. */
    void put(List<NamedValues> tensors) {
        Natives.freeingWithoutGradients(() -> {
            for (NamedValues named : tensors) {
                String name = named.parameter().name();
                trained.getOrDefault(name, kept.get(name)).copy_(Tensors.of(named));
            }
            return tensors;
        });
    }

    /** Whether it may draw random numbers. */
    boolean random() {
        return random;
    }

    JitModule module() {
        return module;
    }

    /** Runs without graph optimisations: they come after some runs only, and would change bits when they come. */
    Tensor forward(Tensor input, boolean training) {
        module.train(training);
        GraphOptimizerEnabledGuard plain = new GraphOptimizerEnabledGuard(false);
        try {
            IValue result = module.forward(new IValueVector(new IValue(input)));
            if (!result.isTensor()) {
                throw new IllegalArgumentException("TorchScript must give one tensor: result="
                        + result.tagKind().getString());
            }
            return result.toTensor();
        } finally {
            plain.close();
        }
    }

    @Override
    public void close() {
        trained.values().forEach(Tensor::close);
        kept.values().forEach(Tensor::close);
        module.close();
    }
}
