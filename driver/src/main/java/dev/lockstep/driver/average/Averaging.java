package dev.lockstep.driver.average;

import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Tensor;
import java.util.List;

/**
 * The mean of what several networks predict, in the form in which their loss takes predictions. What is averaged over
 * the K networks:
 *
 * <pre>
 *   VALUES          the outputs
 *   PROBABILITIES   softmax over dimension 1; handed on as logarithms, of which the softmax is the mean again
 *   LOGARITHMS      exp of the outputs; handed on as logarithms
 *   LOGITS          σ of the outputs; handed on as logit
 *   MIXTURES        means m and variances v, the halves of dimension 1, of a mixture of normal distributions:
 *                   m̄ = mean m,  v̄ = mean (v + m²) − m̄²
 * </pre>
 *
 * Source of the last: Lakshminarayanan, Pritzel and Blundell, Deep Ensembles, 2017.
 */
public enum Averaging {
    VALUES,
    PROBABILITIES,
    LOGARITHMS,
    LOGITS,
    MIXTURES;

    /**
     * @throws IllegalArgumentException for losses of embeddings: each network has axes of its own, which have no mean
     */
    public static Averaging of(Loss loss) {
        return switch (loss.predictionKind()) {
            case CLASS_LOGITS -> PROBABILITIES;
            case CLASS_LOG_PROBABILITIES, LOGARITHMS, SEQUENCE_LOG_PROBABILITIES -> LOGARITHMS;
            case LOGITS -> LOGITS;
            case NUMBERS_AND_VARIANCES -> MIXTURES;
            case PROBABILITIES, NUMBERS, CLASS_SCORES, SCORES -> VALUES;
            case EMBEDDINGS ->
                throw new IllegalArgumentException("Embeddings of several networks have no mean: loss=" + loss);
        };
    }

    /** @param predictions of the networks, of one shape; not changed */
    public Tensor mean(List<Tensor> predictions) {
        return switch (this) {
            case VALUES -> Means.ofValues(predictions);
            case PROBABILITIES ->
                Means.ofLogarithms(predictions.stream().map(Means::logSoftmax).toList());
            case LOGARITHMS -> Means.ofLogarithms(predictions);
            case LOGITS -> Means.ofLogits(predictions);
            case MIXTURES -> Means.ofMixtures(predictions);
        };
    }
}
