package dev.lockstep.worker;

import dev.lockstep.worker.layer.ScriptScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.BoolType;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.QualifiedNameOptional;
import org.bytedeco.pytorch.SimpleSelf;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * A TorchScript file of a job file's layers: one module with the method {@code forward}, and within it modules by the
 * names of {@code state_dict} that hold the tensors. It is written in evaluation mode, and can be trained on. Native
 * objects are left to the caller's scope.
 */
final class LayeredScript {
    private final CompilationUnit unit = new CompilationUnit();
    private final Map<String, Tensor> tensors;

    private LayeredScript(Map<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    /**
     * Writes the file; libtorch must be loaded.
     *
     * @param input extents of one example
     * @param tensors by the names of state_dict; what requires a gradient is a parameter, the others are buffers
     * @throws IllegalArgumentException for a layer that cannot be written
     */
    static void write(NetworkSpec spec, List<Integer> input, Map<String, Tensor> tensors, Path file) {
        String program = ScriptScope.program(spec.inputs(), spec.layers(), input);
        LayeredScript script = new LayeredScript(tensors);
        JitModule network = script.module("Network", List.copyOf(tensors.keySet()), "");
        QualifiedNameOptional name =
                new QualifiedNameOptional(network.type().name().get());
        script.unit.define(name, program, torch.nativeResolver(), new SimpleSelf(network.type()));
        network.eval();
        network.save(file.toString());
    }

    /** A module with the tensors whose names begin with a path, and with a module for each further step in them. */
    private JitModule module(String type, List<String> names, String path) {
        JitModule module = new JitModule(new QualifiedName("__torch__." + type), unit, /* shouldMangle */ true);
        // A pointer to the one type there is; libtorch's pointers to types have two forms, and only this one says
        // which.
        Type.TypePtr truth = new Type.TypePtr(BoolType.get().get());
        module.register_attribute("training", truth, new IValue(true));
        Map<String, List<String>> inner = new TreeMap<>();
        for (String name : names) {
            String rest = name.substring(path.length());
            int dot = rest.indexOf('.');
            if (dot >= 0) {
                inner.computeIfAbsent(rest.substring(0, dot), step -> new ArrayList<>())
                        .add(name);
            } else if (tensors.get(name).requires_grad()) {
                module.register_parameter(rest, tensors.get(name), /* is_buffer */ false);
            } else {
                module.register_buffer(rest, tensors.get(name));
            }
        }
        inner.forEach((step, within) -> module.register_module(step, module("Part", within, path + step + ".")));
        return module;
    }
}
