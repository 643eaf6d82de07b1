package dev.lockstep.deploy.page;

import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.history.RunHistory;
import dev.lockstep.driver.history.RunState;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.fs.Path;

/** One run that the page shows. Thread-safe. */
final class Watched {
    private static final long CHUNK = 1 << 22;

    private final Path folder;
    private final RunHistory history;
    private volatile String failure = "";
    private volatile boolean unread = true;

    Watched(Path folder, RunHistory history) {
        this.folder = folder;
        this.history = history;
    }

    /** Whether it is worth looking at again soon. */
    boolean changes() {
        return unread || history.state().isOpen();
    }

    /**
     * Reads on.
     *
     * @return whether there is more to read
     */
    boolean read(BooleanSupplier inTime) {
        try {
            boolean more = true;
            while (more && inTime.getAsBoolean()) {
                more = history.read(CHUNK);
            }
            unread = more;
            failure = "";
        } catch (IOException e) {
            unread = false;
            failure = "The run cannot be read: " + Reason.of(e);
        }
        return unread;
    }

    /** Whether there is anything to be told: its folder may be gone, or emptied for the next run. */
    boolean isThere() {
        return history.state() != RunState.WAITING || !failure.isEmpty();
    }

    Path folder() {
        return folder;
    }

    RunHistory history() {
        return history;
    }

    /** Why it cannot be read; empty where it can. */
    String failure() {
        return failure;
    }
}
