package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;
import java.io.Serializable;
import java.util.List;

/**
 * One value for all parameter groups, or one for each: PyTorch's "float or list".
 *
 * @param values one per group, in the groups' order, or a single one
 * @param common whether the single value is meant for all groups
 */
public record PerGroup(List<Double> values, boolean common) implements Serializable {
    public PerGroup {
        values = List.copyOf(values);
        if (values.isEmpty() || common && values.size() > 1) {
            throw new IllegalArgumentException("Values for the groups must be one for all or one for each: values="
                    + values + ", common=" + common);
        }
    }

    public PerGroup(double value) {
        this(List.of(value), true);
    }

    public PerGroup(List<Double> values) {
        this(values, false);
    }

    double of(int group) {
        return values.get(common ? 0 : group);
    }

    void requireGroups(String name, int groups) {
        if (!common && values.size() != groups) {
            throw new IllegalArgumentException(
                    name + " must be one value or one for each group: " + name + "=" + values + ", groups=" + groups);
        }
    }

    void requireAtLeastZero(String name) {
        values.forEach(value -> SettingChecks.requireAtLeastZero(name, value));
    }
}
