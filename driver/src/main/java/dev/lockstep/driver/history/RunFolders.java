package dev.lockstep.driver.history;

import dev.lockstep.driver.report.MetricsLog;
import dev.lockstep.driver.storage.PlainFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The runs below a folder, as those of a search, of an ensemble, or of everything that a project has trained. */
public final class RunFolders {
    /** {@code runs/SEARCH/trials/1}. */
    private static final int DEPTH = 3;

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int PADDED = 9;

    private RunFolders() {}

    /** The folder itself, if a run has written there, or else those below it, by name. */
    public static List<Path> of(Path folder, Configuration hadoop) throws IOException {
        List<Path> found = new ArrayList<>();
        // One that was made of a folder's URI ends in a slash; read anew it does not.
        collect(PlainFiles.of(folder, hadoop), new Path(folder.toString()), DEPTH, found);
        return found;
    }

    private static void collect(FileSystem files, Path folder, int depth, List<Path> found) throws IOException {
        if (files.exists(new Path(folder, MetricsLog.FILE))) {
            found.add(folder);
            return;
        }
        if (depth == 0) {
            return;
        }
        for (FileStatus inside : folders(files, folder)) {
            collect(files, inside.getPath(), depth - 1, found);
        }
    }

    private static List<FileStatus> folders(FileSystem files, Path folder) throws IOException {
        try {
            return Arrays.stream(files.listStatus(folder))
                    .filter(FileStatus::isDirectory)
                    .filter(inside -> !inside.getPath().getName().startsWith("."))
                    .sorted(Comparator.comparing(
                            inside -> numbersPadded(inside.getPath().getName())))
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    /** Trial 10 comes after trial 9. */
    private static String numbersPadded(String name) {
        return DIGITS.matcher(name)
                .replaceAll(
                        digits -> "0".repeat(Math.max(0, PADDED - digits.group().length())) + digits.group());
    }
}
