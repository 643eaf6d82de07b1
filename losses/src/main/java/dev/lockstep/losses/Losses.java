package dev.lockstep.losses;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The catalogue of losses. A new one joins by a line here and a line in {@code LossContractTest}. */
public final class Losses {
    private static final Map<String, Class<? extends Loss>> BY_NAME = catalogue();

    private Losses() {}

    /** Every loss by the name it has in a job file. */
    public static Map<String, Class<? extends Loss>> byName() {
        return BY_NAME;
    }

    private static Map<String, Class<? extends Loss>> catalogue() {
        Map<String, Class<? extends Loss>> losses = new LinkedHashMap<>();
        losses.put("mse", Mse.class);
        losses.put("cross_entropy", CrossEntropy.class);
        return Collections.unmodifiableMap(losses);
    }
}
