package dev.lockstep.driver.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds the files that a job names with a relative path: beside the job file first, then in the working directory. Whatever has a
 * scheme, as {@code hdfs:}, or is absolute stays as it is.
 */
final class InputFiles {
    private final List<Path> folders;

    InputFiles(Path jobFolder, Path workingDirectory) {
        this.folders = List.of(
                jobFolder.toAbsolutePath().normalize(),
                workingDirectory.toAbsolutePath().normalize());
    }

    /** A file or folder that exists, as a path that means the same everywhere; empty where there is none. */
    Optional<String> find(String path) {
        return folders.stream()
                .map(folder -> folder.resolve(path).normalize())
                .filter(Files::exists)
                .map(found -> "file:" + found)
                .findFirst();
    }

    /** A data path that means the same everywhere; patterns as {@code part-*.csv} are found by the folder they are in. */
    String data(String path) {
        if (path == null || hasScheme(path) || path.startsWith("/")) {
            return path;
        }

        String plain = path.replaceFirst("[^/]*[*?\\[{].*", "");
        return folders.stream()
                .filter(folder -> Files.exists(folder.resolve(plain)))
                .map(folder -> "file:" + folder + "/" + path)
                .findFirst()
                .orElse(path);
    }

    /** The same for a file or folder that will be made if it does not exist: beside the job file then. */
    String made(String path) {
        return hasScheme(path)
                ? path
                : find(path).orElse("file:" + folders.get(0).resolve(path).normalize());
    }

    static boolean hasScheme(String path) {
        return path.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*");
    }

    List<Path> folders() {
        return folders;
    }
}
