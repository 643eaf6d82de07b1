package dev.lockstep.worker.script;

import dev.lockstep.worker.layer.BatchNorm1d;
import dev.lockstep.worker.layer.BatchNorm2d;
import dev.lockstep.worker.layer.GroupNorm;
import dev.lockstep.worker.layer.InstanceNorm;
import dev.lockstep.worker.layer.LayerNorm;
import dev.lockstep.worker.layer.LocalResponseNorm;
import java.util.List;

/** Layers that take away a mean and divide by a deviation. */
final class Normalizations {
    private Normalizations() {}

    static void join(Writers all) {
        all.add(BatchNorm1d.class, (layer, input, x, at) -> new Statistics(
                        layer.eps(), layer.momentum(), layer.affine(), layer.trackRunningStats())
                .batchNorm(x, at));
        all.add(BatchNorm2d.class, (layer, input, x, at) -> new Statistics(
                        layer.eps(), layer.momentum(), layer.affine(), layer.trackRunningStats())
                .batchNorm(x, at));
        all.add(InstanceNorm.class, (layer, input, x, at) -> new Statistics(
                        layer.eps(), layer.momentum(), layer.affine(), layer.trackRunningStats())
                .instanceNorm(x, at));
        all.add(
                GroupNorm.class,
                (layer, input, x, at) -> at.call(
                        "group_norm",
                        x,
                        layer.numGroups(),
                        at.optional(layer.affine(), "weight"),
                        at.optional(layer.affine(), "bias"),
                        layer.eps()));
        all.add(
                LayerNorm.class,
                (layer, input, x, at) -> at.call(
                        "layer_norm",
                        x,
                        layer.normalizedShape() == null
                                ? List.of(input.get(input.size() - 1))
                                : layer.normalizedShape(),
                        at.optional(layer.elementwiseAffine(), "weight"),
                        at.optional(layer.elementwiseAffine() && layer.bias(), "bias"),
                        layer.eps()));
        all.add(LocalResponseNorm.class, Normalizations::localResponse);
    }

    /** The mean of the squares over neighbouring channels is a pooling's, with the channels for an image's height. */
    private static String localResponse(LocalResponseNorm layer, List<Integer> input, String x, Place at) {
        int size = layer.size();
        String squares = at.call("unsqueeze", Program.call("flatten", x + " * " + x, 2), 1);
        String padded = at.call("pad", squares, List.of(0, 0, size / 2, (size - 1) / 2));
        String means = at.call("avg_pool2d", padded, List.of(size, 1), List.of(1, 1));
        String alike = Program.call("reshape", means, x + ".size()");
        String base = alike + " * " + layer.alpha() + " + " + layer.k();
        return at.let(x + " / " + Program.call("pow", base, layer.beta()));
    }
}
