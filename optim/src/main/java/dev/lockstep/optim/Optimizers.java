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
        names.put("adamw", AdamW.class);
        names.put("adagrad", Adagrad.class);
        names.put("rmsprop", RmsProp.class);
        names.put("adadelta", Adadelta.class);
        names.put("nadam", NAdam.class);
        names.put("radam", RAdam.class);
        names.put("adamax", Adamax.class);
        names.put("sparse_adam", SparseAdam.class);
        names.put("asgd", Asgd.class);
        names.put("rprop", Rprop.class);
        names.put("lars", Lars.class);
        names.put("lamb", Lamb.class);
        names.put("lion", Lion.class);
        return Collections.unmodifiableMap(names);
    }
}
