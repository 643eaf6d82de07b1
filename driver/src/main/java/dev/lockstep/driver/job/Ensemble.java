package dev.lockstep.driver.job;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Several networks of one job whose predictions are averaged. */
public sealed interface Ensemble extends Serializable {
    /** How many networks, at least 2. */
    int count();

    /** Trained one after another, from the job's seed and those that follow it. */
    record Seeds(int count) implements Ensemble {
        public Seeds {
            requireSeveral(count);
        }
    }

    /**
     * Kept from one run, each at the end of an epoch in which a cycle of its schedule ends; the last ones. Source:
     * Huang et al., Snapshot Ensembles, 2017.
     */
    record Snapshots(int count) implements Ensemble {
        public Snapshots {
            requireSeveral(count);
        }
    }

    static Map<String, Class<? extends Ensemble>> byName() {
        Map<String, Class<? extends Ensemble>> names = new LinkedHashMap<>();
        names.put("seeds", Seeds.class);
        names.put("snapshots", Snapshots.class);
        return Collections.unmodifiableMap(names);
    }

    private static void requireSeveral(int count) {
        if (count < 2) {
            throw new IllegalArgumentException("count must be at least 2: count=" + count);
        }
    }
}
