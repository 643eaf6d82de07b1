package dev.lockstep.driver.storage;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.JobFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
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
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final long POLL_MS = 500;
    /** One for whoever is gone, one for whoever was quicker in succeeding it, and one to see that one. */
    private static final int ATTEMPTS = 3;

    private final FileSystem files;
    private final Path file;
    private final Owner owner;
    private final ScheduledExecutorService beats;

    private OutputLease(FileSystem files, Path file, Owner owner, ScheduledExecutorService beats) {
        this.files = files;
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
            return take(files, new Path(folder, FILE), owner);
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
        FileSystem files = PlainFiles.of(folder, hadoop);
        Path file = new Path(folder, FILE);
        Optional<Owner> holder = holder(files, file);
        if (holder.isPresent() && holder.get().isSameHost(Owner.here())) {
            return holder.get().isAlive();
        }
        try {
            long beat = files.getFileStatus(file).getModificationTime();
            return System.currentTimeMillis() - beat <= SILENCE.toMillis();
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    private static OutputLease take(FileSystem files, Path file, Owner owner) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (isWritten(files, file, owner)) {
                return begun(files, file, owner);
            }
            Optional<Owner> holder = holder(files, file);
            if (holder.isPresent() && holder.get().isSameThread(owner)) {
                return new OutputLease(files, file, holder.get(), null);
            }
            requireGone(files, file, holder, owner);
            LOG.info("The run that wrote to this output is gone: folder={}, owner={}", file.getParent(), holder);
            files.delete(file, /* recursive */ false);
        }
        throw new IOException("the lease is taken again and again: file=" + file);
    }

    /**
     * False if there is one already. Not every store makes one of two writers fail, so what came of it is read again.
     */
    private static boolean isWritten(FileSystem files, Path file, Owner owner) throws IOException {
        if (files.exists(file)) {
            return false;
        }
        try {
            write(files, file, owner, /* overwrite */ false);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            // An empty one, as a full disk lets it be made, would keep the next run waiting for a sign of life.
            AtomicWrite.discard(files, file);
            throw e;
        }
        return holder(files, file).filter(owner::equals).isPresent();
    }

    private static void write(FileSystem files, Path file, Owner owner, boolean overwrite) throws IOException {
        AtomicWrite.unwrapped(
                target -> {
                    try (OutputStream out = files.create(target, overwrite)) {
                        out.write(owner.bytes());
                    }
                },
                file);
    }

    private static OutputLease begun(FileSystem files, Path file, Owner owner) {
        ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "lockstep-lease");
            thread.setDaemon(true);
            return thread;
        });
        OutputLease lease = new OutputLease(files, file, owner, beats);
        var unused = beats.scheduleWithFixedDelay(lease::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
        return lease;
    }

    public Path folder() {
        return file.getParent();
    }

    private static Optional<Owner> holder(FileSystem files, Path file) throws IOException {
        try (InputStream in = files.open(file)) {
            return Owner.of(in.readAllBytes());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private static void requireGone(FileSystem files, Path file, Optional<Owner> holder, Owner owner)
            throws IOException {
        boolean visible = holder.isPresent() && holder.get().isSameHost(owner);
        if (visible ? !holder.get().isAlive() : isSilent(files, file, owner)) {
            return;
        }
        String who = holder.map(other ->
                        ", host=" + other.host() + ", process=" + other.process() + ", started=" + other.started())
                .orElse("");
        throw new JobFileException("Another run writes to this output: folder=" + file.getParent() + who
                + ". Wait for its end, or name another output.");
    }

    /**
     * Whether an owner on another host is silent for long enough, waited for: one that lives shows it sooner. So the
     * driver of a container that was killed is succeeded by the next one.
     */
    private static boolean isSilent(FileSystem files, Path file, Owner owner) throws IOException {
        Optional<Long> first = lastSign(files, file);
        Duration left = SILENCE.minus(silence(files, file, owner));
        if (!left.isNegative()) {
            LOG.info(
                    "Another run may write to this output, on another host: waiting {} s for a sign of life from it,"
                            + " folder={}",
                    left.toSeconds(),
                    file.getParent());
        }
        long endNs = System.nanoTime() + left.toNanos();
        while (System.nanoTime() - endNs < 0) {
            pause();
            Optional<Long> now = lastSign(files, file);
            if (!now.equals(first)) {
                return now.isEmpty();
            }
        }
        return true;
    }

    private static Optional<Long> lastSign(FileSystem files, Path file) throws IOException {
        try {
            return Optional.of(files.getFileStatus(file).getModificationTime());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another run's sign of life was waited for");
        }
    }

    /** By the clock of the file system, which writes both times. */
    private static Duration silence(FileSystem files, Path file, Owner owner) throws IOException {
        Path probe = new Path(file.getParent(), FILE + "-" + owner.id());
        try {
            files.create(probe, /* overwrite */ true).close();
            long now = files.getFileStatus(probe).getModificationTime();
            return Duration.ofMillis(now - files.getFileStatus(file).getModificationTime());
        } catch (FileNotFoundException e) {
            return SILENCE.plusMillis(1);
        } finally {
            files.delete(probe, /* recursive */ false);
        }
    }

    /** Shows a sign of life. A file that somebody removed is made again; one that is another's stays. */
    private void beat() {
        try {
            if (!isLost()) {
                write(files, file, owner, /* overwrite */ true);
            }
        } catch (IOException | RuntimeException e) {
            // Thrown further it would end the beats for good, without a line.
            LOG.warn("The lease of the output could not be renewed: file={}, reason={}", file, e.getMessage());
        }
    }

    private boolean isLost() throws IOException {
        return holder(files, file)
                .filter(other -> !other.id().equals(owner.id()))
                .isPresent();
    }

    /** @throws ClusterException if another run has taken this one, which was stopped for long, for gone */
    public void requireHeld() throws IOException {
        if (isLost()) {
            throw new ClusterException(
                    "Another run has taken over this output, as this one showed no sign of life: folder="
                            + file.getParent(),
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
                AtomicWrite.discard(files, file);
            }
        } catch (IOException e) {
            LOG.warn("The lease of the output could not be given back: file={}, reason={}", file, e.getMessage());
        }
    }
}
