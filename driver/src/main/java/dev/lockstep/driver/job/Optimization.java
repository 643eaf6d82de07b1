package dev.lockstep.driver.job;

import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.update.ParamGroup;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Who updates which parameter.
 *
 * @param optimizer of all parameters that no group takes
 * @param groups the first whose pattern matches a parameter's name takes it
 */
public record Optimization(Optimizer optimizer, List<ParamGroup> groups) implements Serializable {
    public Optimization {
        groups = List.copyOf(groups);
    }

    public Optimization(Optimizer optimizer) {
        this(optimizer, List.of());
    }

    /** Adds a group of its own for the parameters whose name matches, after those that are there. */
    public Optimization group(String pattern, Optimizer other) {
        List<ParamGroup> changed = new ArrayList<>(groups);
        changed.add(new ParamGroup(pattern, other));
        return new Optimization(optimizer, changed);
    }

    /** The groups, and last the one of all other parameters. */
    public List<ParamGroup> all() {
        return group("*", optimizer).groups();
    }
}
