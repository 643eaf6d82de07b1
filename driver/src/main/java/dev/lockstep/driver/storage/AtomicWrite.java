package dev.lockstep.driver.storage;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a file or folder beside its place and renames it, so that nobody ever meets half of one: what was there before
 * stays until the new one is whole, and a failure leaves nothing behind.
 */
public final class AtomicWrite {
    private static final Logger LOG = LoggerFactory.getLogger(AtomicWrite.class);

    private AtomicWrite() {}

    /** Writes what a file or folder is to hold: to a stream, or into the folder that it is given. */
    @FunctionalInterface
    public interface Content<T> {
        void write(T made) throws IOException;
    }

    public static void file(FileSystem files, Path path, Content<OutputStream> content) throws IOException {
        make(files, path, made -> {
            try (OutputStream out = files.create(made, /* overwrite */ true)) {
                content.write(out);
            }
        });
    }

    public static void folder(FileSystem files, Path path, Content<Path> content) throws IOException {
        make(files, path, made -> {
            files.delete(made, /* recursive */ true);
            if (!files.mkdirs(made)) {
                throw new IOException("Folder could not be made: path=" + made);
            }
            content.write(made);
        });
    }

    private static void make(FileSystem files, Path path, Content<Path> content) throws IOException {
        Path made = beside(path, "writing");
        try {
            unwrapped(content, made);
            move(files, made, path);
        } catch (IOException | RuntimeException e) {
            discard(files, made);
            throw e;
        }
    }

    /**
     * Calls what writes. Hadoop's local file system tells of a full disk by an Error: here it is the exception that it
     * was.
     */
    public static <T> void unwrapped(Content<T> content, T made) throws IOException {
        try {
            content.write(made);
        } catch (FSError e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    /** Puts a whole file or folder into the place of another, or of none. */
    public static void move(FileSystem files, Path whole, Path path) throws IOException {
        // A folder takes no other's place, and on some file systems no file does.
        if (isFolder(files, path) || !renamed(files, whole, path)) {
            Path old = beside(path, "old");
            files.delete(old, /* recursive */ true);
            require(renamed(files, path, old), path, old);
            if (!renamed(files, whole, path)) {
                require(renamed(files, old, path), old, path);
                require(false, whole, path);
            }
            discard(files, old);
        }
    }

    private static boolean isFolder(FileSystem files, Path path) throws IOException {
        return files.exists(path) && files.getFileStatus(path).isDirectory();
    }

    private static boolean renamed(FileSystem files, Path from, Path to) throws IOException {
        try {
            return files.rename(from, to);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static void require(boolean renamed, Path from, Path to) throws IOException {
        if (!renamed) {
            throw new IOException("Could not be renamed: from=" + from + ", to=" + to);
        }
    }

    /** Deletes what is there of no more use. Where that fails a warning names it: no run is worth less for it. */
    public static void discard(FileSystem files, Path path) {
        try {
            if (files.exists(path) && !files.delete(path, /* recursive */ true)) {
                LOG.warn("Could not be deleted: path={}. It is of no use any more.", path);
            }
        } catch (IOException e) {
            LOG.warn("Could not be deleted: path={}, reason={}. It is of no use any more.", path, e.getMessage());
        }
    }

    private static Path beside(Path path, String state) {
        // One that was made of a folder's URI ends in a slash; read anew it does not.
        Path place = new Path(path.toString());
        return new Path(place.getParent(), "." + place.getName() + "." + state);
    }
}
