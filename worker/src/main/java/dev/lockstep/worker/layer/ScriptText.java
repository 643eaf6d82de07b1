package dev.lockstep.worker.layer;

/** The method {@code forward} of a TorchScript module, written line by line. Not thread-safe. */
final class ScriptText {
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
}
