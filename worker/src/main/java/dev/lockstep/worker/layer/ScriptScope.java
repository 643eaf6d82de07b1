package dev.lockstep.worker.layer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where in a TorchScript module a layer is written: the method that it adds its lines to, and the names of its tensors.
 * Not thread-safe.
 */
public final class ScriptScope {
    /** The module's state, true while it is trained. */
    public static final String TRAINING = "self.training";

    public static final String NONE = "None";

    private final ScriptText text;
    private final String path;

    private ScriptScope(ScriptText text, String path) {
        this.text = text;
        this.path = path;
    }

    /**
     * What {@code forward} of these layers is in TorchScript's language.
     *
     * @param inputs what stands before the layers; null for nothing
     * @param input extents of one example
     * @throws IllegalArgumentException for a layer that cannot be written
     */
    public static String program(Inputs inputs, List<Layer> layers, List<Integer> input) {
        ScriptText text = new ScriptText();
        ScriptScope script = new ScriptScope(text, "");
        String x = inputs == null ? "x" : inputs.torchScript("x", script);
        List<Integer> shape = inputs == null ? input : inputs.unit(Scope.root()).output();
        return text.returning(Stack.torchScript(layers, shape, x, script));
    }

    ScriptScope within(String step) {
        return new ScriptScope(text, path.isEmpty() ? step : path + "." + step);
    }

    /** Of the layer's own module, as {@code 3.projection.0}; empty for the network's. */
    String path() {
        return path;
    }

    /** The layer's own parameter or buffer. Positions are no names in the language, so they are looked up. */
    public String tensor(String name) {
        String module = "self";
        for (String step : path.split("\\.")) {
            module = "getattr(" + module + ", \"" + step + "\")";
        }
        return module + "." + name;
    }

    /** The same, or nothing where the settings leave it out. */
    public String optional(boolean there, String name) {
        return there ? tensor(name) : NONE;
    }

    /** Adds a statement. */
    public void line(String statement) {
        text.line(statement);
    }

    /** Gives an expression a name, and returns the name. */
    public String let(String expression) {
        return text.let(expression);
    }

    /** Gives the result of one of libtorch's functions a name, and returns the name. */
    public String call(String function, Object... arguments) {
        return let(function(function, arguments));
    }

    /**
     * The expression that calls one of libtorch's functions; text is an expression already, numbers and lists become
     * ones.
     */
    public static String function(String function, Object... arguments) {
        return List.of(arguments).stream()
                .map(ScriptScope::literal)
                .collect(Collectors.joining(", ", "torch." + function + "(", ")"));
    }

    /** Infinities have no literal. */
    private static String literal(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        if (value instanceof Double number && Double.isInfinite(number)) {
            return number > 0 ? "float(\"inf\")" : "float(\"-inf\")";
        }
        return value.toString();
    }
}
