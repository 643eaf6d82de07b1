package dev.lockstep.driver.metric;

import dev.lockstep.losses.Loss;

/** What predictions stand for, as far as metrics tell them apart. */
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

    static Meaning of(Loss loss) {
        return switch (loss.predictionKind()) {
            case CLASS_LOGITS, CLASS_LOG_PROBABILITIES, CLASS_SCORES -> CLASSES;
            case LOGITS -> LOGITS;
            case PROBABILITIES -> PROBABILITIES;
            case NUMBERS -> NUMBERS;
            case LOGARITHMS -> LOGARITHMS;
            case NUMBERS_AND_VARIANCES -> NUMBERS_AND_VARIANCES;
            case SEQUENCE_LOG_PROBABILITIES, SCORES, EMBEDDINGS -> OTHER;
        };
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
