package dev.lockstep.worker.script;

import dev.lockstep.worker.layer.Dropout;
import dev.lockstep.worker.layer.Dropout2d;
import dev.lockstep.worker.layer.Elu;
import dev.lockstep.worker.layer.Gelu;
import dev.lockstep.worker.layer.Hardsigmoid;
import dev.lockstep.worker.layer.Hardtanh;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.LeakyRelu;
import dev.lockstep.worker.layer.LogSigmoid;
import dev.lockstep.worker.layer.LogSoftmax;
import dev.lockstep.worker.layer.Maxout;
import dev.lockstep.worker.layer.Mish;
import dev.lockstep.worker.layer.Prelu;
import dev.lockstep.worker.layer.Relu;
import dev.lockstep.worker.layer.ScaledSigmoid;
import dev.lockstep.worker.layer.Selu;
import dev.lockstep.worker.layer.Sigmoid;
import dev.lockstep.worker.layer.Silu;
import dev.lockstep.worker.layer.Softmax;
import dev.lockstep.worker.layer.Softplus;
import dev.lockstep.worker.layer.Softsign;
import dev.lockstep.worker.layer.Tanh;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Functions of each value, or of values side by side; and dropout. */
final class Activations {
    private Activations() {}

    static void join(Writers all) {
        plain(all, Relu.class, "relu");
        plain(all, Sigmoid.class, "sigmoid");
        plain(all, Tanh.class, "tanh");
        plain(all, Selu.class, "selu");
        plain(all, Hardsigmoid.class, "hardsigmoid");
        plain(all, Silu.class, "silu");
        plain(all, Mish.class, "mish");
        plain(all, LogSigmoid.class, "log_sigmoid");
        all.add(ScaledSigmoid.class, (layer, input, x, at) -> at.let("4 * " + Program.call("sigmoid", x) + " - 2"));
        all.add(Softsign.class, (layer, input, x, at) -> at.let(x + " / (" + Program.call("abs", x) + " + 1)"));
        all.add(LeakyRelu.class, (layer, input, x, at) -> at.call("leaky_relu", x, layer.negativeSlope()));
        all.add(Prelu.class, (layer, input, x, at) -> at.call("prelu", x, at.tensor("weight")));
        all.add(Elu.class, (layer, input, x, at) -> at.call("elu", x, layer.alpha()));
        all.add(Gelu.class, (layer, input, x, at) -> at.call("gelu", x, approximation(layer)));
        all.add(Softplus.class, (layer, input, x, at) -> at.call("softplus", x, layer.beta(), layer.threshold()));
        all.add(Hardtanh.class, (layer, input, x, at) -> at.call("hardtanh", x, layer.minVal(), layer.maxVal()));
        all.add(Softmax.class, (layer, input, x, at) -> at.call("softmax", x, layer.dim()));
        all.add(LogSoftmax.class, (layer, input, x, at) -> at.call("log_softmax", x, layer.dim()));
        all.add(Maxout.class, Activations::maxout);
        all.add(Dropout.class, (layer, input, x, at) -> at.call("dropout", x, layer.p(), Place.TRAINING));
        all.add(Dropout2d.class, (layer, input, x, at) -> at.call("feature_dropout", x, layer.p(), Place.TRAINING));
    }

    private static <L extends Layer> void plain(Writers all, Class<L> layer, String function) {
        all.add(layer, (settings, input, x, at) -> at.call(function, x));
    }

    private static String approximation(Gelu layer) {
        return "approximate=\"" + layer.approximate().name().toLowerCase(Locale.ROOT) + "\"";
    }

    private static String maxout(Maxout layer, List<Integer> input, String x, Place at) {
        int index = layer.dim() < 0 ? layer.dim() + input.size() : layer.dim() - 1;
        List<Integer> split = new ArrayList<>(input);
        split.set(index, input.get(index) / layer.pieces());
        split.add(index + 1, layer.pieces());
        split.add(0, -1);
        return at.let(Program.call("max", Program.call("reshape", x, split), index + 2) + "[0]");
    }
}
