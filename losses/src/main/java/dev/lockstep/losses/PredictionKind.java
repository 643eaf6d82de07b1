package dev.lockstep.losses;

/** What predictions stand for, which only their loss knows: metrics and the mean of an ensemble go by it. */
public enum PredictionKind {
    /** Scores of classes along dimension 1, one of which is right; their softmax is the probabilities. */
    CLASS_LOGITS,
    /** Logarithms of the probabilities of classes along dimension 1, one of which is right. */
    CLASS_LOG_PROBABILITIES,
    /** Scores of classes along dimension 1, the largest of which is right, and no probabilities. */
    CLASS_SCORES,
    /** Each value is a yes or a no of its own: the score of which the sigmoid is the probability. */
    LOGITS,
    /** Each value is a yes or a no of its own: its probability. */
    PROBABILITIES,
    /** Estimates of the targets. */
    NUMBERS,
    /** Logarithms of estimates of the targets. */
    LOGARITHMS,
    /** Estimates of the targets, and after them along dimension 1 as many variances. */
    NUMBERS_AND_VARIANCES,
    /** Logarithms of the probabilities of classes at each step of a sequence. */
    SEQUENCE_LOG_PROBABILITIES,
    /** Numbers that cannot be held against a target one by one, such as ranks and distances. */
    SCORES,
    /** Coordinates in a space that each network makes for itself. */
    EMBEDDINGS
}
