package dev.lockstep.params.plane;

import dev.lockstep.params.link.SharedFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The folder that the processes of one job on one host share, for their user alone. Each process has a file in it that
 * is named as its own folder beside it: so anybody sees who is still there. The last one that leaves removes all.
 */
final class JobFolder {
    private static final Set<PosixFilePermission> OWN_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWN_FILE = PosixFilePermissions.fromString("rw-------");
    private static final String LOCK = "lock";
    private static final long LOCK_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final SharedFolder process;
    private final Path folder;

    private JobFolder(SharedFolder process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /** @throws IOException if it cannot be had, or is not this user's alone */
    static JobFolder enter(SharedFolder process, int job) throws IOException {
        Path folder = process.ofJob(job);
        process.requireLocal();
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWN_FOLDER));
        } catch (FileAlreadyExistsException e) {
            requireOwn(process, folder);
        }

        JobFolder entered = new JobFolder(process, folder);
        create(entered.presence(), StandardOpenOption.CREATE).close();
        return entered;
    }

    private static void requireOwn(SharedFolder process, Path folder) throws IOException {
        PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean isOwn = found.isDirectory()
                && found.owner().equals(Files.getOwner(process.own()))
                && found.permissions().equals(OWN_FOLDER);
        if (!isOwn) {
            throw new IOException("folder is not this user's alone: folder=" + folder + ", owner=" + found.owner()
                    + ", permissions=" + PosixFilePermissions.toString(found.permissions()));
        }
    }

    private Path presence() {
        return folder.resolve(process.own().getFileName());
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Bytes that may be taken here. */
    long room() throws IOException {
        return Files.getFileStore(folder).getUsableSpace() - process.reserved();
    }

    /** Opens a file for reading and writing, for this user alone. */
    static FileChannel create(Path file, StandardOpenOption how) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, how),
                PosixFilePermissions.asFileAttribute(OWN_FILE));
    }

    /** What happens while no other process of the job is at it. */
    interface Action<T> {
        T run() throws IOException;
    }

    <T> T alone(Action<T> action) throws IOException {
        try (FileChannel channel = create(folder.resolve(LOCK), StandardOpenOption.CREATE)) {
            lock(channel);
            return action.run();
        }
    }

    /** It ends with the channel. */
    private void lock(FileChannel channel) throws IOException {
        long startNs = System.nanoTime();
        while (tryLock(channel) == null) {
            if (System.nanoTime() - startNs > LOCK_NS) {
                throw new IOException("folder is held by a process that does not go on: folder=" + folder
                        + ", waitedMs=" + LOCK_NS / 1_000_000);
            }

            LockSupport.parkNanos(RETRY_NS);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another node of this process has it.
            return null;
        }
    }

    /** This process needs it no more. */
    void leave() throws IOException {
        Files.deleteIfExists(presence());
        if (isAbandoned(folder)) {
            remove();
        }
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (Files.isDirectory(folder.resolveSibling(entry.getFileName()), LinkOption.NOFOLLOW_LINKS)) {
                    return false;
                }
            }
        } catch (NoSuchFileException e) {
            return false;
        }

        return true;
    }

    private void remove() throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Files.deleteIfExists(entry);
            }
        } catch (NoSuchFileException e) {
            return;
        }

        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Somebody has come in at the same time, and will be the last one.
        }
    }
}
