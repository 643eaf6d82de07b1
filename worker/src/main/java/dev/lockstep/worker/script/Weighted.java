package dev.lockstep.worker.script;

import dev.lockstep.worker.layer.Conv1d;
import dev.lockstep.worker.layer.Conv2d;
import dev.lockstep.worker.layer.Embedding;
import dev.lockstep.worker.layer.Gru;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Lstm;
import java.util.List;

/** Layers that are little but their weights. */
final class Weighted {
    /** What libtorch calls whole numbers of 64 bits. */
    private static final int LONG = 4;

    private Weighted() {}

    static void join(Writers all) {
        all.add(
                Linear.class,
                (layer, input, x, at) -> at.call("linear", x, at.tensor("weight"), at.optional(layer.bias(), "bias")));
        all.add(
                Embedding.class,
                (layer, input, x, at) -> at.call(
                        "embedding",
                        at.tensor("weight"),
                        Program.call("to", x, LONG),
                        layer.paddingIdx() == null ? -1 : layer.paddingIdx(),
                        layer.scaleGradByFreq()));
        all.add(Conv1d.class, (layer, input, x, at) -> {
            Margins margins = Margins.of(
                    layer.padding(), layer.paddingMode(), List.of(layer.kernel()), List.of(layer.dilation()));
            return at.call(
                    "conv1d",
                    margins.added(x, at),
                    at.tensor("weight"),
                    at.optional(layer.bias(), "bias"),
                    List.of(layer.stride()),
                    margins.own(),
                    List.of(layer.dilation()),
                    layer.groups());
        });
        all.add(Conv2d.class, (layer, input, x, at) -> {
            List<Integer> kernel = Windows.both(layer.kernel());
            List<Integer> dilation = Windows.both(layer.dilation());
            Margins margins = Margins.of(layer.padding(), layer.paddingMode(), kernel, dilation);
            return at.call(
                    "conv2d",
                    margins.added(x, at),
                    at.tensor("weight"),
                    at.optional(layer.bias(), "bias"),
                    Windows.both(layer.stride()),
                    margins.own(),
                    dilation,
                    layer.groups());
        });
        all.add(Lstm.class, (layer, input, x, at) -> new Recurrence(
                        layer.hiddenSize(),
                        layer.numLayers(),
                        layer.bias(),
                        layer.dropout(),
                        layer.bidirectional(),
                        layer.projSize(),
                        layer.last())
                .lstm(x, at));
        all.add(Gru.class, (layer, input, x, at) -> new Recurrence(
                        layer.hiddenSize(),
                        layer.numLayers(),
                        layer.bias(),
                        layer.dropout(),
                        layer.bidirectional(),
                        0,
                        layer.last())
                .gru(x, at));
    }
}
