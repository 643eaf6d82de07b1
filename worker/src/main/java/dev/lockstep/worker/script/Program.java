package dev.lockstep.worker.script;

import java.util.List;
import java.util.stream.Collectors;

/** The method {@code forward} of a module, written line by line. Not thread-safe. */
final class Program {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder("def forward(self, x: Tensor) -> Tensor:\n");
    private int names;

    /** Gives an expression a name, and returns it. */
    String let(String expression) {
        String name = "y" + names++;
        line(name + " = " + expression);
        return name;
    }

    void line(String statement) {
        text.append(INDENT).append(statement).append('\n');
    }

    /** The whole method. */
    String returning(String name) {
        return text + INDENT + "return " + name + "\n";
    }

    /** A call of one of libtorch's functions. */
    static String call(String function, Object... arguments) {
        return List.of(arguments).stream()
                .map(Program::literal)
                .collect(Collectors.joining(", ", "torch." + function + "(", ")"));
    }

    /** Infinities have no literal; text is an expression already. */
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
