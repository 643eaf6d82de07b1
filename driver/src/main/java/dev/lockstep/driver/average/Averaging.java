package dev.lockstep.driver.average;

import static java.util.Map.entry;

import dev.lockstep.losses.Bce;
import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.CosineEmbedding;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.Ctc;
import dev.lockstep.losses.GaussianNll;
import dev.lockstep.losses.KlDiv;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.MultiLabelSoftMargin;
import dev.lockstep.losses.Nll;
import dev.lockstep.losses.PairDistance;
import dev.lockstep.losses.PoissonNll;
import dev.lockstep.losses.SoftMargin;
import dev.lockstep.losses.Tensor;
import dev.lockstep.losses.TripletMargin;
import java.util.List;
import java.util.Map;

/**
 * The mean of what several networks predict, in the form in which their loss takes predictions. What is averaged over the K networks:
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

    private static final Map<Class<? extends Loss>, Averaging> OF_LOSSES = Map.ofEntries(
            entry(CrossEntropy.class, PROBABILITIES),
            entry(Nll.class, LOGARITHMS),
            entry(KlDiv.class, LOGARITHMS),
            entry(Ctc.class, LOGARITHMS),
            entry(BceWithLogits.class, LOGITS),
            entry(SoftMargin.class, LOGITS),
            entry(MultiLabelSoftMargin.class, LOGITS),
            entry(GaussianNll.class, MIXTURES),
            entry(Bce.class, VALUES));
    private static final List<Class<? extends Loss>> OF_EMBEDDINGS =
            List.of(CosineEmbedding.class, TripletMargin.class, PairDistance.class);

    /** @throws IllegalArgumentException for losses of embeddings: each network has axes of its own, which have no mean */
    public static Averaging of(Loss loss) {
        if (OF_EMBEDDINGS.contains(loss.getClass())) {
            throw new IllegalArgumentException("Embeddings of several networks have no mean: loss=" + loss);
        }
        if (loss instanceof PoissonNll poisson) {
            return poisson.logInput() ? LOGARITHMS : VALUES;
        }
        return OF_LOSSES.getOrDefault(loss.getClass(), VALUES);
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
