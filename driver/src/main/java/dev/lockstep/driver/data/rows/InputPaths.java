package dev.lockstep.driver.data.rows;

import dev.lockstep.driver.DataException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/**
 * The paths that a job's data path stands for, as Spark is to have them: what is there is taken literally even if its
 * name could be a pattern, and a pattern is told apart here, because Hadoop's own search ends at any neighbour with a
 * colon in its name.
 */
public final class InputPaths {
    private InputPaths() {}

    /** @throws DataException if a name is one that Spark or Hadoop cannot read */
    public static String[] of(String path, Configuration configuration) {
        try {
            Path whole = new Path(path);
            FileSystem files = whole.getFileSystem(configuration);
            if (files.exists(whole)) {
                requireShown(files.getFileStatus(whole));
                requireNoColon(files.getFileStatus(whole));
                return new String[] {escaped(path)};
            }
            return isPattern(path) && !path.contains("\\") ? matches(files, path) : new String[] {path};
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof URISyntaxException) {
                throw colon(path, e);
            }
            throw e;
        } catch (IOException e) {
            // Not a file at all, or one that Spark knows how to reach: it will say what is wrong.
            return new String[] {path};
        }
    }

    private static boolean isPattern(String path) {
        return path.chars().anyMatch(letter -> "{}[]*?".indexOf(letter) >= 0);
    }

    /** So that Spark takes no letter of it for a pattern. */
    private static String escaped(String path) {
        return path.replaceAll("[{}\\[\\]*?\\\\]", "\\\\$0");
    }

    private static void requireShown(FileStatus found) {
        String name = found.getPath().getName();
        if (found.isFile() && (name.startsWith("_") || name.startsWith("."))) {
            throw new DataException("Name of a file must not begin with _ or ., which hides it from Spark: path="
                    + found.getPath() + ". Rename the file.");
        }
    }

    private static void requireNoColon(FileStatus found) {
        if (found.isFile() && found.getPath().getName().contains(":")) {
            throw colon(found.getPath().toString(), null);
        }
    }

    private static DataException colon(String path, Exception cause) {
        return new DataException(withColon("path=" + path), cause);
    }

    /** @param place for the message */
    static String withColon(String place) {
        return "Name of a file must not have a colon, which Hadoop's file systems cannot read: " + place
                + ". Rename the file.";
    }

    private static String[] matches(FileSystem files, String pattern) throws IOException {
        List<String> found = new ArrayList<>();
        // {a/b,c}/d becomes a/b/d and c/d; braces within a name are the filter's.
        for (String plain : GlobExpander.expand(pattern)) {
            Path whole = files.makeQualified(new Path(plain));
            List<Path> reached =
                    List.of(new Path(whole.toUri().getScheme(), whole.toUri().getAuthority(), "/"));
            for (String part : whole.toUri().getPath().substring(1).split("/")) {
                reached = step(files, reached, part);
            }
            for (Path path : reached) {
                if (files.exists(path)) {
                    requireNoColon(files.getFileStatus(path));
                    found.add(escaped(path.toString()));
                }
            }
        }
        if (found.isEmpty()) {
            throw new DataException("Pattern must match a file: path=" + pattern
                    + ". In a job file, a relative one starts at its folder or at the working directory.");
        }
        return found.toArray(new String[0]);
    }

    private static List<Path> step(FileSystem files, List<Path> folders, String part) throws IOException {
        GlobFilter filter = new GlobFilter(part);
        List<Path> reached = new ArrayList<>();
        for (Path folder : folders) {
            if (!filter.hasPattern()) {
                reached.add(child(folder, part));
            } else if (files.exists(folder) && files.getFileStatus(folder).isDirectory()) {
                Arrays.stream(files.listStatus(folder, filter))
                        .map(FileStatus::getPath)
                        .sorted()
                        .forEach(reached::add);
            }
        }
        return reached;
    }

    /** Not {@code new Path(folder, name)}, which takes what is before a colon for a scheme. */
    private static Path child(Path folder, String name) {
        String parent = folder.isRoot() ? "" : folder.toUri().getPath();
        return new Path(folder.toUri().getScheme(), folder.toUri().getAuthority(), parent + "/" + name);
    }
}
