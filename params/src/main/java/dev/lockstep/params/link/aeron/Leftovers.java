package dev.lockstep.params.link.aeron;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Removes folders from a place that other users may write to, as /dev/shm: only those of this process's user, and never
 * through a link. What is no folder of this user's is not even opened. Every other is opened, asked for its owner
 * again, and emptied through what was opened, so that nobody can put another in its place meanwhile. A file system that
 * cannot do so keeps what it has.
 */
final class Leftovers {
    /** Its owner is the user as whom this process makes files. */
    private static final Path PROCESS = Path.of("/proc/self");

    private final Path parent;

    Leftovers(Path parent) {
        this.parent = parent;
    }

    /**
     * Removes this user's folders of which the condition holds; returns how many.
     *
     * @param condition of the folder's path; asked only for this user's
     */
    int remove(Predicate<Path> condition) throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            if (entries instanceof SecureDirectoryStream<Path> secure && Files.exists(PROCESS)) {
                for (Path name : names(secure)) {
                    removed += isMine(secure, name) && remove(secure, name, condition) ? 1 : 0;
                }
            }
        }

        return removed;
    }

    /** Asked before it is opened: opening a pipe that anybody may have put there waits for its writer. */
    private static boolean isMine(SecureDirectoryStream<Path> in, Path name) {
        try {
            PosixFileAttributes found = in.getFileAttributeView(
                            name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            return found.isDirectory() && found.owner().equals(Files.getOwner(PROCESS));
        } catch (IOException e) {
            // Somebody else removes it at the same time.
            return false;
        }
    }

    private boolean remove(SecureDirectoryStream<Path> in, Path name, Predicate<Path> condition) {
        try (SecureDirectoryStream<Path> folder = in.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            if (!owner(folder).equals(Files.getOwner(PROCESS)) || !condition.test(parent.resolve(name))) {
                return false;
            }

            empty(folder);
            in.deleteDirectory(name);
            return true;
        } catch (IOException e) {
            // No folder, not to be opened by this user, or somebody else removes it at the same time.
            return false;
        }
    }

    private static UserPrincipal owner(SecureDirectoryStream<Path> folder) throws IOException {
        return folder.getFileAttributeView(FileOwnerAttributeView.class).getOwner();
    }

    private static void empty(SecureDirectoryStream<Path> folder) throws IOException {
        for (Path name : names(folder)) {
            if (isFolder(folder, name)) {
                try (SecureDirectoryStream<Path> inner = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                    empty(inner);
                }

                folder.deleteDirectory(name);
            } else {
                folder.deleteFile(name);
            }
        }
    }

    private static boolean isFolder(SecureDirectoryStream<Path> in, Path name) throws IOException {
        return in.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isDirectory();
    }

    private static List<Path> names(SecureDirectoryStream<Path> folder) throws IOException {
        List<Path> names = new ArrayList<>();
        try {
            folder.forEach(entry -> names.add(entry.getFileName()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }

        return names;
    }
}
