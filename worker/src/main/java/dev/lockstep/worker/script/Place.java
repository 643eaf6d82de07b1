package dev.lockstep.worker.script;

/**
 * Where in a module a layer is: what it is written to, and the names of its tensors.
 *
 * @param path of the layer's own module, as {@code 3.projection.0}; empty for the network's
 */
record Place(Program program, String path) {
    /** The module's state, true while it is trained. */
    static final String TRAINING = "self.training";

    static final String NONE = "None";

    Place within(Object step) {
        return new Place(program, path.isEmpty() ? step.toString() : path + "." + step);
    }

    /** The layer's own parameter or buffer. Positions are no names in the language, so they are looked up. */
    String tensor(String name) {
        String module = "self";
        for (String step : path.split("\\.")) {
            module = "getattr(" + module + ", \"" + step + "\")";
        }
        return module + "." + name;
    }

    /** The same, or nothing where the settings leave it out. */
    String optional(boolean there, String name) {
        return there ? tensor(name) : NONE;
    }

    String let(String expression) {
        return program.let(expression);
    }

    String call(String function, Object... arguments) {
        return let(Program.call(function, arguments));
    }
}
