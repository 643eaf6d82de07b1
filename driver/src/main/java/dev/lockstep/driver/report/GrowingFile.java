package dev.lockstep.driver.report;

import dev.lockstep.driver.storage.AtomicWrite;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that others read while it grows. Where the store cannot append to a file, as object stores cannot, it grows on
 * this machine and is stored whole, now and then. One thread at a time.
 */
public final class GrowingFile implements AutoCloseable {
    private static final long APPENDED_NS = 500_000_000L;
    private static final long STORED_NS = 30_000_000_000L;

    private final FileSystem files;
    private final Path path;
    private final java.nio.file.Path here;
    private final OutputStream out;

    private GrowingFile(FileSystem files, Path path, java.nio.file.Path here, OutputStream out) {
        this.files = files;
        this.path = path;
        this.here = here;
        this.out = out;
    }

    /** Replaces what is at {@code path} by what {@code beginning} writes, which may read the old file. */
    public static GrowingFile begin(FileSystem files, Path path, AtomicWrite.Content<OutputStream> beginning)
            throws IOException {
        AtomicWrite.file(files, path, beginning);
        if (files.hasPathCapability(path, CommonPathCapabilities.FS_APPEND)) {
            return new GrowingFile(files, path, null, files.append(path));
        }
        java.nio.file.Path here = Files.createTempFile("lockstep-", path.getName());
        try (InputStream stored = files.open(path)) {
            Files.copy(stored, here, StandardCopyOption.REPLACE_EXISTING);
        }
        OutputStream local = Files.newOutputStream(here, StandardOpenOption.APPEND);
        return new GrowingFile(files, path, here, new BufferedOutputStream(local));
    }

    public void write(byte[] bytes) throws IOException {
        AtomicWrite.unwrapped(target -> target.write(bytes), out);
    }

    /** Whether others see at once, and for little, what is shown. */
    public boolean isLive() {
        return here == null;
    }

    /** How long others may wait for what was written. */
    public long delayNs() {
        return here == null ? APPENDED_NS : STORED_NS;
    }

    /** Lets others read all that was written. */
    public void show() throws IOException {
        if (out instanceof FSDataOutputStream appended) {
            AtomicWrite.unwrapped(FSDataOutputStream::hflush, appended);
        } else {
            out.flush();
            AtomicWrite.file(files, path, target -> Files.copy(here, target));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            show();
        } finally {
            AtomicWrite.unwrapped(OutputStream::close, out);
            if (here != null) {
                Files.deleteIfExists(here);
            }
        }
    }
}
