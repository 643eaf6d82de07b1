package dev.lockstep.worker.layer;

import dev.lockstep.params.init.LayerDefaults;
import java.util.List;
import org.bytedeco.pytorch.TensorOptional;

/**
 * The learned scale and shift of a normalisation: {@code weight}, ones at the start, and {@code bias}, zeros. Either
 * may be missing.
 */
record Affine(int weight, int bias) {
    static Affine declare(boolean affine, List<Integer> shape, Scope scope) {
        return declare(affine, affine, shape, scope);
    }

    static Affine declare(boolean scaled, boolean shifted, List<Integer> shape, Scope scope) {
        return new Affine(
                scaled ? scope.parameter("weight", shape, LayerDefaults.scale()) : Scope.NONE,
                shifted ? scope.parameter("bias", shape, LayerDefaults.shift()) : Scope.NONE);
    }

    TensorOptional weight(Pass pass) {
        return pass.optional(weight);
    }

    TensorOptional bias(Pass pass) {
        return pass.optional(bias);
    }
}
