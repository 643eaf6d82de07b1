package dev.lockstep.params.link.aeron;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.FileSystems;
import dev.lockstep.params.link.SharedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The proof that two processes are on one machine and share memory: a file in the folder of each, for its user alone,
 * with the random number that its addresses carry and that of the running kernel. Names of hosts and folders prove
 * nothing: containers have the same ones, and file systems reach across machines.
 */
final class ProcessMark {
    private static final String FILE = "process";
    private static final int LONGEST = 256;

    private ProcessMark() {}

    /** @param own the process's folder */
    static void write(SharedFolder own, Address address) {
        try {
            Files.newByteChannel(
                            own.own().resolve(FILE),
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                    .close();
            Files.writeString(own.own().resolve(FILE), text(address));
        } catch (IOException e) {
            throw new UncheckedIOException("Folder for shared memory cannot be written: folder=" + own.own(), e);
        }
    }

    static void remove(Path own) throws IOException {
        Files.deleteIfExists(own.resolve(FILE));
    }

    /** Whether the process of an address is on this machine and can be reached through shared memory. */
    static boolean isHere(Address address) {
        if (address.directory().isEmpty()) {
            return false;
        }

        Path driver = Path.of(address.directory());
        Path mark = driver.resolveSibling(FILE);
        try {
            // Asked before it is opened: opening a pipe waits for its writer.
            return Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(mark) < LONGEST
                    && Files.readString(mark).equals(text(address))
                    && FileSystems.isLocal(Files.getFileStore(mark).type());
        } catch (IOException e) {
            // Not readable by this process, or gone.
            return false;
        }
    }

    private static String text(Address address) throws IOException {
        return address.process() + " " + SharedFolder.kernel();
    }
}
