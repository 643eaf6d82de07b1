package dev.lockstep.driver.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.worker.layer.Elu;
import dev.lockstep.worker.layer.Hardtanh;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.LeakyRelu;
import dev.lockstep.worker.layer.Mish;
import dev.lockstep.worker.layer.Relu;
import dev.lockstep.worker.layer.Selu;
import dev.lockstep.worker.layer.Sigmoid;
import dev.lockstep.worker.layer.Silu;
import dev.lockstep.worker.layer.Softmax;
import dev.lockstep.worker.layer.Softplus;
import dev.lockstep.worker.layer.Softsign;
import dev.lockstep.worker.layer.Tanh;
import java.util.List;

/** Deeplearning4j's activation functions as layers. */
final class Activations {
    private Activations() {}

    static void add(SourceLayer layer, Translation made) {
        of(layer, layer.required("activationFn"), made.shape()).forEach(activation -> made.add(activation, layer));
    }

    /**
     * As many layers as compute the same, none for the identity.
     *
     * @param shape of what comes in
     */
    static List<Layer> of(SourceLayer layer, JsonNode activation, List<Integer> shape) {
        String kind = SourceLayer.kind(activation);
        return switch (kind) {
            case "ActivationIdentity" -> List.of();
            case "ActivationReLU" -> relu(layer, activation);
            case "ActivationReLU6" -> List.of(new Hardtanh(0, 6));
            case "ActivationLReLU" ->
                List.of(new LeakyRelu(activation.path("alpha").asDouble(0.01)));
            case "ActivationELU" -> List.of(new Elu(activation.path("alpha").asDouble(1)));
            case "ActivationSELU" -> List.of(new Selu());
            case "ActivationSwish" -> List.of(new Silu());
            case "ActivationMish" -> List.of(new Mish());
            case "ActivationSigmoid" -> List.of(new Sigmoid());
            case "ActivationTanH" -> List.of(new Tanh());
            case "ActivationHardTanH" -> List.of(new Hardtanh());
            case "ActivationRectifiedTanh" -> List.of(new Tanh(), new Relu());
            case "ActivationSoftPlus" -> List.of(new Softplus());
            case "ActivationSoftSign" -> List.of(new Softsign());
            // The features of a sequence are last here, and an image's channels first.
            case "ActivationSoftmax" -> List.of(new Softmax(shape.size() == 2 ? 2 : 1));
            default -> throw layer.refusal("there is no such activation here: activation=" + kind);
        };
    }

    /** DL4J takes a cap of 0 for one, unless the slope is 0 too. */
    private static List<Layer> relu(SourceLayer layer, JsonNode relu) {
        double max = relu.path("max").asDouble(0);
        double threshold = relu.path("threshold").asDouble(0);
        double slope = relu.path("negativeSlope").asDouble(0);
        boolean capped = relu.path("max").isNumber() && (max != 0 || slope != 0);
        if (threshold != 0 || (capped && (max <= 0 || slope != 0))) {
            throw layer.refusal(
                    "there is no such ReLU here: threshold=" + threshold + ", max=" + max + ", negativeSlope=" + slope);
        }
        if (capped) {
            return List.of(new Hardtanh(0, max));
        }
        return List.of(slope == 0 ? new Relu() : new LeakyRelu(slope));
    }
}
