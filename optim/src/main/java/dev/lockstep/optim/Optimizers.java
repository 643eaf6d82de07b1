package dev.lockstep.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The optimizers by their names in a job file: PyTorch's in snake case. A new one joins by one line. */
public final class Optimizers {
    private Optimizers() {}

    public static Map<String, Class<? extends Optimizer>> byName() {
        Map<String, Class<? extends Optimizer>> names = new LinkedHashMap<>();
        names.put("sgd", Sgd.class);
        names.put("adam", Adam.class);
        return Collections.unmodifiableMap(names);
    }
}
