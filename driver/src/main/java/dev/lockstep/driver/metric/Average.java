package dev.lockstep.driver.metric;

/** How the ratios of several classes become one figure, as sklearn's argument of that name. */
public enum Average {
    /** The ratio of class 1 alone, for two classes. */
    BINARY,
    /** The mean over the classes that occur among targets or predictions; over all where several may be right. */
    MACRO,
    /** The ratio of the classes' counts added up. */
    MICRO,
    /** The mean over classes, each as often as it occurs among the targets. */
    WEIGHTED
}
