package dev.lockstep.driver.history;

import dev.lockstep.driver.report.MetricsLog;
import dev.lockstep.driver.storage.OutputLease;
import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One run as its metrics file tells it, while it goes on or afterwards. What has come since is read by {@link #read};
 * all else answers from memory, which is bounded however long the run is. Thread-safe.
 *
 * <pre>
 *   RunHistory history = new RunHistory(new Path("runs/digits"), hadoop);
 *   history.readAll();
 *   Points loss = history.points("validation.loss", 0, Long.MAX_VALUE, 500);
 * </pre>
 *
 * Figures are named by the keys that lead to them in a line, as {@code loss}, {@code train.loss},
 * {@code validation.accuracy}, {@code workers.0.forward} and {@code layers.3.gradient}; an epoch's seconds are
 * {@code epoch_seconds}.
 */
public final class RunHistory {
    private static final long CHUNK = 1 << 24;

    private final Path folder;
    private final Configuration hadoop;
    private final GrowingLines lines;
    private Figures figures;
    private Facts.Builder facts;
    private LineParser parser;
    private Facts known = Facts.NONE;
    private boolean held;
    private long version;

    /** @param folder the run's output, on any of Hadoop's file systems; it need not be there yet */
    public RunHistory(Path folder, Configuration hadoop) throws IOException {
        this.folder = folder;
        this.hadoop = hadoop;
        this.lines = new GrowingLines(new Path(folder, MetricsLog.FILE), hadoop);
        clear();
    }

    private void clear() {
        figures = new Figures();
        facts = new Facts.Builder();
        parser = new LineParser(figures, facts);
    }

    /**
     * Reads what has been written since.
     *
     * @param most bytes after which to stop, about
     * @return whether there is more to read
     */
    public synchronized boolean read(long most) throws IOException {
        long before = lines.position();
        boolean heldBefore = held;
        // Before the lines: the end stands there when the lease is given back.
        held = OutputLease.isHeld(folder, hadoop);
        boolean more = lines.read(most, new Reader());
        if (lines.position() != before || held != heldBefore) {
            known = facts.built();
            version++;
        }
        return more;
    }

    /** Reads to the end of what is there. */
    public void readAll() throws IOException {
        boolean more = true;
        while (more) {
            more = read(CHUNK);
        }
    }

    public Path folder() {
        return folder;
    }

    public synchronized Facts facts() {
        return known;
    }

    public synchronized RunState state() {
        return RunState.of(known, held);
    }

    /** Another number when anything has changed. */
    public synchronized long version() {
        return version;
    }

    public synchronized Set<String> names() {
        return figures.names();
    }

    /**
     * A figure at the steps between two, and one point on either side.
     *
     * @param most points wanted; where there are more, neighbours become one
     */
    public synchronized Points points(String name, long from, long to, int most) {
        Series series = figures.of(name);
        return series == null ? Points.NONE : series.points(from, to, most);
    }

    /** A figure's newest value; NaN where there is none, or it is not finite. */
    public synchronized double last(String name) {
        Series series = figures.of(name);
        return series == null ? Double.NaN : series.last();
    }

    /** Within {@link #read}, and so with the lock. */
    private final class Reader implements GrowingLines.Reader {
        @Override
        public void anew() {
            clear();
            version++;
        }

        @Override
        public void line(byte[] bytes, int offset, int length) {
            try {
                parser.parse(bytes, offset, length);
            } catch (IOException e) {
                // A process that was killed may have left half a line; the page says how many there are.
                facts.broken();
            }
        }

        @Override
        public void tooLong() {
            facts.broken();
        }
    }
}
