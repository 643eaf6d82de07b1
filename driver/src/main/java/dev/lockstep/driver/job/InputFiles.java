package dev.lockstep.driver.job;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the files that a job names with a relative path: beside the job file first, then in the working directory.
 * Whatever has a scheme, as {@code hdfs:}, or is absolute stays as it is.
 */
final class InputFiles {
    /** The folder before the first wildcard, and the part with it. */
    private static final Pattern PATTERN = Pattern.compile("((?:[^*?\\[{]*/)?)([^/]*[*?\\[{][^/]*).*");

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

    /** A data path that means the same everywhere; of a pattern the first part with a wildcard must be there. */
    String data(String path) {
        if (path == null || hasScheme(path) || path.startsWith("/")) {
            return path;
        }

        return folders.stream()
                .filter(folder -> matches(folder, path))
                .map(folder -> "file:" + folder + "/" + path)
                .findFirst()
                .orElse(path);
    }

    private static boolean matches(Path folder, String path) {
        if (Files.exists(folder.resolve(path))) {
            return true;
        }
        Matcher pattern = PATTERN.matcher(path);
        if (!pattern.matches()) {
            return false;
        }
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(folder.resolve(pattern.group(1)), pattern.group(2))) {
            return found.iterator().hasNext();
        } catch (IOException | PatternSyntaxException e) {
            // A folder that is not there has no matches, and what is no pattern here may be one to Hadoop.
            return false;
        }
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
