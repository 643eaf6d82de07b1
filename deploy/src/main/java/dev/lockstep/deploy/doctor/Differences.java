package dev.lockstep.deploy.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What executors have of different kinds, and should have of one. */
final class Differences {
    static final String JAVA = "java";
    static final String LOCKSTEP = "lockstep";
    static final String PROCESSOR = "processor";

    private Differences() {}

    /** @param traits of each executor, by name */
    static List<Finding> examine(Map<String, ? extends Map<String, String>> traits) {
        List<Finding> findings = new ArrayList<>();
        for (String trait : List.of(JAVA, LOCKSTEP, PROCESSOR)) {
            Map<String, List<String>> executors = new TreeMap<>();
            traits.forEach((executor, values) -> {
                if (values.containsKey(trait)) {
                    executors
                            .computeIfAbsent(values.get(trait), none -> new ArrayList<>())
                            .add(executor);
                }
            });
            if (executors.size() > 1) {
                findings.add(different(trait, executors.toString()));
            }
        }
        return findings.isEmpty()
                ? List.of(Finding.ok("executors", traits.size() + ", of one build, Java and kind of processor"))
                : findings;
    }

    private static Finding different(String trait, String found) {
        if (trait.equals(LOCKSTEP)) {
            return Finding.fail("executors", "different builds of Lockstep: " + found, "Give all processes one jar");
        }
        return trait.equals(JAVA)
                ? Finding.warn("executors", "different Javas: " + found, "Set spark.executorEnv.JAVA_HOME to one")
                : Finding.warn(
                        "executors",
                        "processors with different instructions: " + found
                                + "; where a worker runs changes how its sums round",
                        "For one job's bits to be the same in every run: --conf"
                                + " spark.executorEnv.ATEN_CPU_CAPABILITY=avx2");
    }
}
