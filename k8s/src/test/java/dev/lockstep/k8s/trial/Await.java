package dev.lockstep.k8s.trial;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for what processes bring about. */
final class Await {
    private static final long POLL_MS = 50;

    private Await() {}

    /** The first value that is not null. */
    static <T> T value(String what, Duration patience, Supplier<T> value) {
        long startNs = System.nanoTime();
        for (T found = value.get(); ; found = value.get()) {
            if (found != null) {
                return found;
            }
            if (System.nanoTime() - startNs > patience.toNanos()) {
                throw new AssertionError("It did not come: what=" + what + ", waited=" + patience);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
