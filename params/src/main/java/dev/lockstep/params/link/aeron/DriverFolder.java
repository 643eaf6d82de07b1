package dev.lockstep.params.link.aeron;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes a folder that belongs to one process's media driver alone, and removes what dead processes left:
 * {@code lockstep-<process namespace>-<process>-<random>}. No other user may enter it: what Aeron keeps within is
 * readable by all.
 */
public final class DriverFolder {
    private static final String PREFIX = "lockstep-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(?<namespace>\\d+)-(?<process>\\d{1,18})-.+");
    /** Aeron makes its folder anew, with other permissions, and so gets one within. */
    static final String DRIVER = "aeron";

    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    private final Path parent;
    private final Duration silence;

    /**
     * @param parent empty for /dev/shm, or the temporary folder where there is none
     * @param silence after which a driver that cannot be asked otherwise counts as dead
     */
    public DriverFolder(String parent, Duration silence) {
        this.parent = parent.isEmpty() ? standard() : Path.of(parent);
        this.silence = silence;
    }

    private static Path standard() {
        return Files.isWritable(SHARED_MEMORY) ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    public Path parent() {
        return parent;
    }

    long available() {
        return parent.toFile().getUsableSpace();
    }

    /** A new folder, for this user alone; the driver's own is {@value #DRIVER} within it. */
    Path create() {
        Path folder = parent.resolve(mine() + "-" + UUID.randomUUID());
        try {
            return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWN));
        } catch (IOException e) {
            throw new ParamException(
                    Outcome.REFUSED,
                    "Folder for shared memory cannot be made: folder=" + folder + ", reason=" + e
                            + ". Name another folder.",
                    e);
        }
    }

    /** What all folders of this process begin with. */
    public static String mine() {
        return PREFIX + namespace() + "-" + ProcessHandle.current().pid();
    }

    /** Removes this user's folders of dead processes; returns how many. */
    int sweep() {
        try {
            Leftovers leftovers = new Leftovers(parent);
            return leftovers.remove(this::isStale) + leftovers.remove(this::isAbandoned);
        } catch (IOException e) {
            throw new ParamException(
                    Outcome.REFUSED,
                    "Folder for shared memory cannot be read: folder=" + parent + ", reason=" + e
                            + ". Name another folder.",
                    e);
        }
    }

    /**
     * A job's folder names the folders of its processes, which are beside it as long as they live. One that names none
     * may be another's who is just making it.
     */
    private boolean isAbandoned(Path folder) {
        if (!SharedFolder.isJob(folder)) {
            return false;
        }

        try (Stream<Path> entries = Files.list(folder)) {
            List<String> processes = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .toList();
            boolean known = !processes.isEmpty()
                    || modified(folder).isBefore(Instant.now().minus(silence));
            return known && processes.stream().noneMatch(name -> Files.isDirectory(parent.resolve(name)));
        } catch (IOException e) {
            // Somebody else removes it at the same time.
            return false;
        }
    }

    /** A process of another container looks dead from here, so that only its driver's silence counts. */
    private boolean isStale(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        if (!name.matches()) {
            return false;
        }
        if (name.group("namespace").equals(namespace())) {
            return ProcessHandle.of(Long.parseLong(name.group("process"))).isEmpty();
        }

        return !DriverLife.isActive(folder.resolve(DRIVER), silence)
                && modified(folder).isBefore(Instant.now().minus(silence));
    }

    private static Instant modified(Path folder) {
        try {
            return Files.getLastModifiedTime(folder).toInstant();
        } catch (IOException e) {
            // Somebody else removes it at the same time.
            return Instant.MAX;
        }
    }

    private static String namespace() {
        try {
            return Files.readSymbolicLink(NAMESPACE).toString().replaceAll("\\D", "");
        } catch (IOException | UnsupportedOperationException e) {
            return "0";
        }
    }
}
