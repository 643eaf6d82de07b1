package dev.lockstep.worker.script;

import dev.lockstep.worker.layer.AdaptiveAvgPool2d;
import dev.lockstep.worker.layer.AvgPool2d;
import dev.lockstep.worker.layer.Flatten;
import dev.lockstep.worker.layer.MaxPool2d;
import dev.lockstep.worker.layer.Size2d;
import java.util.List;

/** Layers that look at windows of an image, or change its shape alone. */
final class Windows {
    private Windows() {}

    static void join(Writers all) {
        all.add(
                MaxPool2d.class,
                (layer, input, x, at) -> at.call(
                        "max_pool2d",
                        x,
                        both(layer.kernel()),
                        both(layer.stride()),
                        both(layer.padding()),
                        both(layer.dilation()),
                        layer.ceilMode()));
        all.add(
                AvgPool2d.class,
                (layer, input, x, at) -> at.call(
                        "avg_pool2d",
                        x,
                        both(layer.kernel()),
                        both(layer.stride()),
                        both(layer.padding()),
                        layer.ceilMode(),
                        layer.countIncludePad(),
                        layer.divisorOverride() == null ? Place.NONE : layer.divisorOverride()));
        all.add(AdaptiveAvgPool2d.class, (layer, input, x, at) -> at.call("adaptive_avg_pool2d", x, both(layer.out())));
        all.add(
                Flatten.class,
                (layer, input, x, at) -> input.isEmpty()
                        ? at.call("unsqueeze", x, 1)
                        : at.call("flatten", x, layer.startDim(), layer.endDim()));
    }

    static List<Integer> both(Size2d size) {
        return List.of(size.height(), size.width());
    }
}
