package dev.lockstep.optim.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The schedules by their names in a job file: PyTorch's in snake case, without the LR. A new one joins by one line. */
public final class Schedules {
    private Schedules() {}

    public static Map<String, Class<? extends Schedule>> byName() {
        Map<String, Class<? extends Schedule>> names = new LinkedHashMap<>();
        names.put("none", NoSchedule.class);
        names.put("constant", ConstantRate.class);
        names.put("linear", LinearRate.class);
        names.put("step", Step.class);
        names.put("multi_step", MultiStep.class);
        names.put("exponential", Exponential.class);
        names.put("polynomial", Polynomial.class);
        names.put("cosine_annealing", CosineAnnealing.class);
        names.put("cosine_annealing_warm_restarts", CosineAnnealingWarmRestarts.class);
        names.put("cyclic", Cyclic.class);
        names.put("one_cycle", OneCycle.class);
        names.put("reduce_lr_on_plateau", ReduceLrOnPlateau.class);
        names.put("sequential", Sequential.class);
        names.put("warmup", Warmup.class);
        return Collections.unmodifiableMap(names);
    }
}
