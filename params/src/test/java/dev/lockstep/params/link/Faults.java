package dev.lockstep.params.link;

/**
 * What may happen to a frame on its way, each with its probability.
 *
 * @param delay it and all frames behind it come late
 * @param reorder it comes late, and frames behind it overtake it
 * @param longestNs how late at most
 */
public record Faults(double drop, double duplicate, double delay, double reorder, long longestNs) {
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0);
}
