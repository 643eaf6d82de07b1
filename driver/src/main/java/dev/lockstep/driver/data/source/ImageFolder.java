package dev.lockstep.driver.data.source;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.job.Source;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The images below a folder of folders, class after class, by name.
 *
 * <p>A plain final class and not a record, because Spark broadcasts it.
 */
final class ImageFolder implements Serializable {
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");

    private final String[] classes;
    private final String[] paths;
    private final int[] labels;

    private ImageFolder(String[] classes, String[] paths, int[] labels) {
        this.classes = classes;
        this.paths = paths;
        this.labels = labels;
    }

    static ImageFolder list(Source source, Configuration configuration) {
        List<String> classes = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        try {
            Path root = new Path(source.path());
            FileSystem files = root.getFileSystem(configuration);
            for (FileStatus folder : sorted(files.listStatus(root))) {
                if (folder.isDirectory() && !hidden(folder)) {
                    for (FileStatus image : sorted(files.listStatus(folder.getPath()))) {
                        if (isImage(image)) {
                            paths.add(image.getPath().toString());
                            labels.add(classes.size());
                        }
                    }
                    classes.add(folder.getPath().getName());
                }
            }
        } catch (IOException e) {
            throw Unreadable.of(source.describe(), e);
        }
        if (paths.isEmpty()) {
            throw new DataException("Folder has no images in folders of classes: " + source.describe() + ", folders="
                    + classes + ", endings=" + ENDINGS);
        }
        return new ImageFolder(
                classes.toArray(new String[0]),
                paths.toArray(new String[0]),
                labels.stream().mapToInt(Integer::intValue).toArray());
    }

    private static FileStatus[] sorted(FileStatus[] statuses) {
        Arrays.sort(statuses);
        return statuses;
    }

    private static boolean hidden(FileStatus status) {
        String name = status.getPath().getName();
        return name.startsWith(".") || name.startsWith("_");
    }

    private static boolean isImage(FileStatus status) {
        String name = status.getPath().getName().toLowerCase(Locale.ROOT);
        return status.isFile() && !hidden(status) && ENDINGS.stream().anyMatch(name::endsWith);
    }

    int count() {
        return paths.length;
    }

    String path(long row) {
        return paths[(int) row];
    }

    int label(long row) {
        return labels[(int) row];
    }

    /** In the order of the class numbers. */
    List<String> classes() {
        return List.of(classes);
    }
}
