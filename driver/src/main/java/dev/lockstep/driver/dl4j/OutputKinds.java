package dev.lockstep.driver.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.driver.DataException;
import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.L1;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Mse;
import dev.lockstep.losses.PoissonNll;
import dev.lockstep.losses.Reduction;
import java.util.Map;
import java.util.Set;

/**
 * Deeplearning4j's last layers, with the loss.
 *
 * <pre>
 *   softmax, then MCXENT, NEGATIVELOGLIKELIHOOD or SPARSE_MCXENT   cross_entropy, which has the softmax in it
 *   sigmoid, then XENT                                             bce_with_logits, which has the sigmoid in it
 *   anything, then MSE, L2, MAE, L1, POISSON                       the same, then mse, l1, poisson_nll
 * </pre>
 */
final class OutputKinds {
    private static final Set<String> CLASSES = Set.of("LossMCXENT", "LossNegativeLogLikelihood", "LossSparseMCXENT");
    private static final Map<String, Loss> OF_ESTIMATES = Map.of(
            "LossMSE", new Mse(),
            "LossL2", new Mse(),
            "LossMAE", new L1(),
            "LossL1", new L1(),
            "LossPoisson", new PoissonNll(false, false, 1e-8, Reduction.MEAN));

    private OutputKinds() {}

    /**
     * What a last layer gives to its activation; the loss is the caller's.
     *
     * @throws DataException if the layer does more than that
     */
    static void sums(SourceLayer layer, Translation made) {
        Preprocessors.before(layer, made);
        switch (layer.kind()) {
            case "OutputLayer" -> DenseKinds.linear(layer, made);
            case "LossLayer" -> {
                // Takes them from the layer before.
            }
            default -> throw layer.refusal("a network of rows or images ends in an OutputLayer or a LossLayer");
        }
    }

    static void output(SourceLayer layer, Translation made) {
        DenseKinds.linear(layer, made);
        loss(layer, made);
    }

    static void loss(SourceLayer layer, Translation made) {
        JsonNode lossFn = layer.required("lossFn");
        String loss = SourceLayer.kind(lossFn);
        String activation = SourceLayer.kind(layer.required("activationFn"));
        if (!lossFn.path("weights").isMissingNode() && !lossFn.path("weights").isNull()) {
            throw layer.refusal("its loss has weights of outputs: loss=" + loss);
        }

        if (CLASSES.contains(loss) && activation.equals("ActivationSoftmax")) {
            if (made.shape().size() == 2) {
                throw layer.refusal(
                        "its classes are of each step, and those of one example are wanted: output=" + made.shape());
            }
            made.end(new CrossEntropy());
        } else if (loss.equals("LossBinaryXENT") && activation.equals("ActivationSigmoid")) {
            made.end(new BceWithLogits());
        } else if (OF_ESTIMATES.containsKey(loss)) {
            Activations.add(layer, made);
            made.end(OF_ESTIMATES.get(loss));
        } else {
            throw layer.refusal("there is no such loss here behind such an activation: loss=" + loss + ", activation="
                    + activation);
        }
    }
}
