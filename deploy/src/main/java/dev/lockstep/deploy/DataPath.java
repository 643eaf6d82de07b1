package dev.lockstep.deploy;

import java.nio.file.Files;
import java.nio.file.Path;

/** A path to data that was given from the working directory, as others are to have it. */
final class DataPath {
    private DataPath() {}

    /** For a job file in another folder: relative to that, unless it is absolute or of another file system. */
    static String seenFrom(Path file, String path) {
        if (isWhole(path)) {
            return path;
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder.relativize(Path.of(path).toAbsolutePath().normalize()).toString();
    }

    /** For Spark, whose default may be another file system: what is on this machine is meant. */
    static String local(String path) {
        boolean here = !isWhole(path) && Files.exists(Path.of(path));
        return here ? "file:" + Path.of(path).toAbsolutePath().normalize() : path;
    }

    private static boolean isWhole(String path) {
        return path.startsWith("/") || path.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
    }
}
