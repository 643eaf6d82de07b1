package dev.lockstep.driver.storage;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.JobFileException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to an output folder, one run at a time: a file in it names the owner, who shows a sign of life
 * every 10 s. An owner whose process is gone is succeeded at once on its own host; on another, where nobody can look, a
 * minute after its last sign, which is waited for.
 *
 * <p>A thread that holds a lease may take it again: what it does within is its own work. Thread-safe.
 */
public final class OutputLease implements AutoCloseable {
    static final String FILE = ".lockstep-run";

    private static final Logger LOG = LoggerFactory.getLogger(OutputLease.class);
    private static final long BEAT_SECONDS = 10;

    private final LeaseFile file;
    private final Owner owner;
    private final ScheduledExecutorService beats;

    private OutputLease(LeaseFile file, Owner owner, ScheduledExecutorService beats) {
        this.file = file;
        this.owner = owner;
        this.beats = beats;
    }

    /**
     * Makes the folder where it is not there, and takes the lease.
     *
     * @throws JobFileException if the folder cannot be written to, or another run does
     */
    public static OutputLease take(Path folder, Configuration hadoop) {
        return take(folder, hadoop, Owner.here());
    }

    static OutputLease take(Path folder, Configuration hadoop, Owner owner) {
        try {
            FileSystem files = PlainFiles.of(folder, hadoop);
            if (!files.mkdirs(folder)) {
                throw new IOException("the folder cannot be made");
            }
            LeaseFile file = new LeaseFile(files, new Path(folder, FILE));
            Owner holder = Succession.take(file, owner);
            return holder.equals(owner) ? begun(file, owner) : new OutputLease(file, holder, null);
        } catch (IOException e) {
            throw new JobFileException(
                    "Output must be a folder that can be written: folder=" + folder + ", reason=" + e.getMessage(), e);
        }
    }

    /**
     * Whether a run seems to write to a folder, as far as one can see who only reads: on another host one that has
     * shown a sign of life in the last minute, by this machine's clock.
     */
    public static boolean isHeld(Path folder, Configuration hadoop) throws IOException {
        LeaseFile file = new LeaseFile(PlainFiles.of(folder, hadoop), new Path(folder, FILE));
        Optional<Owner> holder = file.holder();
        if (holder.isPresent() && holder.get().isSameHost(Owner.here())) {
            return holder.get().isAlive();
        }
        return file.lastSign()
                .filter(beat -> System.currentTimeMillis() - beat <= Succession.SILENCE.toMillis())
                .isPresent();
    }

    private static OutputLease begun(LeaseFile file, Owner owner) {
        ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "lockstep-lease");
            thread.setDaemon(true);
            return thread;
        });
        OutputLease lease = new OutputLease(file, owner, beats);
        var unused = beats.scheduleWithFixedDelay(lease::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
        return lease;
    }

    public Path folder() {
        return file.path().getParent();
    }

    /** Shows a sign of life. A file that somebody removed is made again; one that is another's stays. */
    private void beat() {
        try {
            if (!isLost()) {
                file.write(owner);
            }
        } catch (IOException | RuntimeException e) {
            // Thrown further it would end the beats for good, without a line.
            LOG.warn("The lease of the output could not be renewed: file={}, reason={}", file.path(), e.getMessage());
        }
    }

    private boolean isLost() throws IOException {
        return file.holder().filter(other -> !other.id().equals(owner.id())).isPresent();
    }

    /** @throws ClusterException if another run has taken this one, which was stopped for long, for gone */
    public void requireHeld() throws IOException {
        if (isLost()) {
            throw new ClusterException(
                    "Another run has taken over this output, as this one showed no sign of life: folder=" + folder(),
                    null);
        }
    }

    @Override
    public void close() {
        if (beats == null) {
            return;
        }
        beats.shutdownNow();
        try {
            if (!isLost()) {
                file.discard();
            }
        } catch (IOException e) {
            LOG.warn(
                    "The lease of the output could not be given back: file={}, reason={}", file.path(), e.getMessage());
        }
    }
}
