package dev.lockstep.driver.metric;

import static dev.lockstep.losses.Loss.Role.PREDICTION;
import static dev.lockstep.losses.Loss.Role.TARGET;
import static java.util.Map.entry;

import dev.lockstep.losses.Bce;
import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.GaussianNll;
import dev.lockstep.losses.HingeEmbedding;
import dev.lockstep.losses.KlDiv;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.MultiLabelMargin;
import dev.lockstep.losses.MultiLabelSoftMargin;
import dev.lockstep.losses.MultiMargin;
import dev.lockstep.losses.Nll;
import dev.lockstep.losses.PoissonNll;
import dev.lockstep.losses.SoftMargin;
import java.util.List;
import java.util.Map;

/** What predictions stand for, which only their loss knows. */
enum Meaning {
    /** A score for each class along dimension 1, of which one is right. */
    CLASSES,
    /** Each value is a yes or a no of its own: its score. */
    LOGITS,
    /** Each value is a yes or a no of its own: its probability. */
    PROBABILITIES,
    /** Estimates of the targets. */
    NUMBERS,
    /** Logarithms of estimates of the targets. */
    LOGARITHMS,
    /** Estimates of the targets, and after them along dimension 1 as many variances. */
    NUMBERS_AND_VARIANCES,
    /** Nothing that can be held against a target. */
    OTHER;

    private static final Map<Class<? extends Loss>, Meaning> OF_LOSSES = Map.ofEntries(
            entry(CrossEntropy.class, CLASSES),
            entry(Nll.class, CLASSES),
            entry(MultiMargin.class, CLASSES),
            entry(KlDiv.class, CLASSES),
            entry(BceWithLogits.class, LOGITS),
            entry(SoftMargin.class, LOGITS),
            entry(MultiLabelSoftMargin.class, LOGITS),
            entry(Bce.class, PROBABILITIES),
            entry(GaussianNll.class, NUMBERS_AND_VARIANCES),
            entry(HingeEmbedding.class, OTHER),
            entry(MultiLabelMargin.class, OTHER));

    /** Of a loss that is not listed, numbers if there is one prediction for one target. */
    static Meaning of(Loss loss) {
        if (loss instanceof PoissonNll poisson) {
            return poisson.logInput() ? LOGARITHMS : NUMBERS;
        }
        return OF_LOSSES.getOrDefault(
                loss.getClass(), loss.inputs().equals(List.of(PREDICTION, TARGET)) ? NUMBERS : OTHER);
    }

    /** Whether several values of one position can each be a yes. */
    boolean manyMayBeRight() {
        return this == LOGITS || this == PROBABILITIES;
    }

    /** Above which a single value means yes. */
    double threshold() {
        return this == LOGITS || this == CLASSES ? 0 : 0.5;
    }

    /** Whether they tell classes, or yes from no. */
    boolean tellsClasses() {
        return this == CLASSES || this == LOGITS || this == PROBABILITIES || this == NUMBERS;
    }

    /** Whether they can be brought to the targets' unit. */
    boolean estimatesTargets() {
        return this == NUMBERS || this == LOGARITHMS || this == NUMBERS_AND_VARIANCES || this == PROBABILITIES;
    }
}
