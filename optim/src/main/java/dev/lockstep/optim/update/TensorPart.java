package dev.lockstep.optim.update;

import dev.lockstep.optim.SettingChecks;
import java.io.Serializable;

/**
 * What a range holds of one tensor.
 *
 * @param tensor index of the tensor in the model's order
 * @param name as in the model's state dict; decides about the parameter group
 * @param start index of its first value in the range's arrays
 */
public record TensorPart(int tensor, String name, int start, int count) implements Serializable {
    public TensorPart {
        SettingChecks.requireAtLeast("tensor", tensor, 0);
        SettingChecks.requireAtLeast("start", start, 0);
        SettingChecks.requireAtLeast("count", count, 1);
    }

    public int end() {
        return start + count;
    }
}
