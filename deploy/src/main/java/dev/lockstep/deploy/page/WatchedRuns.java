package dev.lockstep.deploy.page;

import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.history.RunFolders;
import dev.lockstep.driver.history.RunHistory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The runs that the page shows, in the order in which they came: those in the folders given, and below them. They are
 * read when somebody asks, a part at a time. Thread-safe.
 */
public final class WatchedRuns {
    /** More than anybody can tell apart. */
    private static final int MOST_RUNS = 40;

    private static final long LOOK_NS = 2_000_000_000L;
    private static final long PAUSE_NS = 400_000_000L;
    private static final long READ_NS = 300_000_000L;

    private final List<Path> folders;
    private final Configuration hadoop;
    private final LongSupplier nanoTime;
    private final Map<Path, Watched> runs = new LinkedHashMap<>();
    private final Map<Path, String> failures = new LinkedHashMap<>();
    private boolean begun;
    private long lookedNs;
    private long readNs;
    private boolean more;

    /** @param folders outputs of runs, or folders with such below; they need not be there yet */
    public WatchedRuns(List<Path> folders, Configuration hadoop) {
        this(folders, hadoop, System::nanoTime);
    }

    WatchedRuns(List<Path> folders, Configuration hadoop, LongSupplier nanoTime) {
        this.folders = List.copyOf(folders);
        this.hadoop = hadoop;
        this.nanoTime = nanoTime;
    }

    /** Reads what has come, for a while. However many ask, files are opened a few times a second. */
    synchronized void read() {
        long now = nanoTime.getAsLong();
        boolean looks = !begun || now - lookedNs > LOOK_NS;
        if (begun && !looks && !more && now - readNs < PAUSE_NS) {
            return;
        }
        if (looks) {
            lookedNs = now;
            folders.forEach(this::look);
        }
        begun = true;
        readNs = nanoTime.getAsLong();
        more = false;
        for (Watched run : runs.values()) {
            if (looks || run.changes()) {
                more |= run.read(() -> nanoTime.getAsLong() - readNs < READ_NS);
            }
        }
    }

    private void look(Path folder) {
        try {
            for (Path run : RunFolders.of(folder, hadoop)) {
                if (runs.size() < MOST_RUNS && !runs.containsKey(run)) {
                    runs.put(run, new Watched(run, new RunHistory(run, hadoop)));
                }
            }
            failures.remove(folder);
        } catch (IOException e) {
            failures.put(folder, "Runs cannot be looked for: folder=" + folder + ", reason=" + Reason.of(e));
        }
    }

    /** Whether there is more to read at once. */
    synchronized boolean hasMore() {
        return more;
    }

    synchronized List<Watched> all() {
        return List.copyOf(runs.values());
    }

    Optional<Watched> get(int id) {
        List<Watched> all = all();
        return id < 0 || id >= all.size() ? Optional.empty() : Optional.of(all.get(id));
    }

    List<Path> folders() {
        return folders;
    }

    /** Why there may be runs that are not shown. */
    synchronized List<String> failures() {
        return List.copyOf(failures.values());
    }
}
