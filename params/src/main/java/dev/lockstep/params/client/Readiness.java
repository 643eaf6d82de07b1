package dev.lockstep.params.client;

import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.Span;

/** Counts the gradients that a range still waits for before it can be pushed. One thread at a time. */
final class Readiness {
    private final int[][] rangesOf;
    private final int[] tensors;
    private final int[] waiting;

    Readiness(Layout layout) {
        int[] counts = new int[layout.parameters().size()];
        for (Range range : layout.trained()) {
            for (Span span : range.spans()) {
                counts[span.parameter()]++;
            }
        }

        this.rangesOf = new int[counts.length][];
        for (int parameter = 0; parameter < counts.length; parameter++) {
            rangesOf[parameter] = new int[counts[parameter]];
        }

        this.tensors = new int[layout.trained().size()];
        for (Range range : layout.trained()) {
            tensors[range.index()] = range.spans().size();
            for (Span span : range.spans()) {
                int[] of = rangesOf[span.parameter()];
                of[of.length - counts[span.parameter()]--] = range.index();
            }
        }

        this.waiting = tensors.clone();
    }

    /** A new step: nothing is ready. */
    void clear() {
        System.arraycopy(tensors, 0, waiting, 0, tensors.length);
    }

    /** The ranges that hold a part of a parameter whose gradient is finished; live. */
    int[] ready(int parameter) {
        for (int range : rangesOf[parameter]) {
            waiting[range]--;
        }

        return rangesOf[parameter];
    }

    /** Whether all of a range's gradients are finished. */
    boolean isWhole(int range) {
        return waiting[range] == 0;
    }
}
