package dev.lockstep.driver.train.progress;

import java.util.ArrayDeque;

/**
 * How fast a run is now: examples over the time that their steps took, of the last steps that make a second.
 *
 * <p>By the steps' own time, because reports come in bursts, and what lies between two segments is no step. One thread
 * at a time.
 */
final class Throughput {
    private static final long WINDOW_NS = 1_000_000_000;

    private record Taken(long examples, long ns) {}

    private final ArrayDeque<Taken> window = new ArrayDeque<>();
    private long examples;
    private long ns;

    /** After one more step, in examples per second. */
    double after(long stepExamples, long stepNs) {
        Taken step = new Taken(stepExamples, Math.max(1, stepNs));
        window.add(step);
        examples += step.examples();
        ns += step.ns();
        while (ns - window.peek().ns() >= WINDOW_NS) {
            Taken oldest = window.remove();
            examples -= oldest.examples();
            ns -= oldest.ns();
        }

        return examples / (ns / 1e9);
    }
}
