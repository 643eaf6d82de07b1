package dev.lockstep.driver.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.ipc.RemoteException;

/** A file that names its owner, and was written when that one last showed a sign of life. */
record LeaseFile(FileSystem files, Path path) {
    private static final long POLL_MS = 50;
    /** Far more than an owner takes to write its name. */
    private static final int POLLS_OF_A_WRITE = 40;

    private static final String UNKNOWN = "unknown";

    /** Where whoever wants to succeed an owner says so: no two owners have the same. */
    LeaseFile claimAfter(Optional<Owner> gone) {
        return beside(gone.map(Owner::id).orElse(UNKNOWN));
    }

    private LeaseFile beside(String name) {
        return new LeaseFile(files, new Path(path.getParent(), OutputLease.FILE + "-" + name));
    }

    /**
     * Makes the file; false if there is one already. Not every store makes one of two writers fail, so what came of it
     * is read again.
     */
    boolean isMadeBy(Owner owner) throws IOException {
        if (files.exists(path) || !isCreated()) {
            return false;
        }
        try {
            write(owner);
        } catch (IOException e) {
            // An empty one, as a full disk lets it be made, would keep the next run waiting for a sign of life.
            discard();
            throw e;
        }
        return holder().filter(owner::equals).isPresent();
    }

    /** An empty file, by one of several alone. */
    private boolean isCreated() throws IOException {
        try {
            if (files instanceof RawLocalFileSystem local) {
                // Hadoop looks before it opens, and of two at the same time neither fails.
                return local.pathToFile(path).createNewFile();
            }
            files.create(path, /* overwrite */ false).close();
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (RemoteException e) {
            // HDFS: another has it open.
            if (e.getClassName().endsWith("AlreadyBeingCreatedException")) {
                return false;
            }
            throw e;
        }
    }

    /** In the place of whatever is there. */
    void write(Owner owner) throws IOException {
        AtomicWrite.unwrapped(
                target -> {
                    try (OutputStream out = files.create(target, /* overwrite */ true)) {
                        out.write(owner.bytes());
                    }
                },
                path);
    }

    /** Empty where there is no file, or one in which no name stands. */
    Optional<Owner> holder() throws IOException {
        try (InputStream in = files.open(path)) {
            return Owner.of(in.readAllBytes());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** As {@link #holder}, but where somebody is about to write a name it is waited for. */
    Optional<Owner> namedHolder() throws IOException {
        Optional<Owner> holder = holder();
        for (int poll = 0; poll < POLLS_OF_A_WRITE && holder.isEmpty() && files.exists(path); poll++) {
            pause(POLL_MS);
            holder = holder();
        }
        return holder;
    }

    /** By the clock of the file system; empty if there is no file. */
    Optional<Long> lastSign() throws IOException {
        try {
            return Optional.of(files.getFileStatus(path).getModificationTime());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Since the last sign of life, by the clock of the file system; empty if there is no file. */
    Optional<Duration> silence(Owner asker) throws IOException {
        LeaseFile now = beside("now-" + asker.id());
        try {
            files.create(now.path, /* overwrite */ true).close();
            long time = now.lastSign().orElseThrow();
            return lastSign().map(sign -> Duration.ofMillis(time - sign));
        } finally {
            now.delete();
        }
    }

    void delete() throws IOException {
        files.delete(path, /* recursive */ false);
    }

    /** A failure is logged. */
    void discard() {
        AtomicWrite.discard(files, path);
    }

    static void pause(long ms) throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another run's sign of life was waited for");
        }
    }
}
