package dev.lockstep.driver.data.source.image;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.Unreadable;
import dev.lockstep.driver.job.Source;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The images below a folder of folders, class after class, by name.
 *
 * <p>A plain final class and not a record, because Spark broadcasts it.
 */
public final class ImageFolder implements Serializable {
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");

    private final String[] classes;
    private final String[] paths;
    private final int[] labels;

    private ImageFolder(String[] classes, String[] paths, int[] labels) {
        this.classes = classes;
        this.paths = paths;
        this.labels = labels;
    }

    /**
     * The images in folders of classes.
     *
     * @param known the classes in the order of their numbers; empty to number the folders by name
     */
    public static ImageFolder ofClasses(Source source, Configuration configuration, List<String> known) {
        Listing listing = new Listing(source, configuration);
        List<FileStatus> folders = listing.folders();
        List<String> found =
                folders.stream().map(folder -> folder.getPath().getName()).toList();
        List<String> classes = known.isEmpty() ? found : known;
        List<String> strangers = new ArrayList<>(found);
        strangers.removeAll(classes);
        if (!strangers.isEmpty()) {
            throw new DataException("Folders must be classes of the training data: " + source.describe() + ", others="
                    + strangers + ", classes=" + classes);
        }
        for (FileStatus folder : folders) {
            listing.add(folder.getPath(), classes.indexOf(folder.getPath().getName()));
        }
        if (listing.paths.isEmpty()) {
            throw new DataException("Folder has no images in folders of classes: " + source.describe() + ", folders="
                    + found + ", endings=" + ENDINGS);
        }
        return listing.of(classes);
    }

    /** All images in the folder and in its folders, whose names mean nothing. */
    static ImageFolder ofAny(Source source, Configuration configuration) {
        Listing listing = new Listing(source, configuration);
        listing.add(listing.root, 0);
        listing.folders().forEach(folder -> listing.add(folder.getPath(), 0));
        if (listing.paths.isEmpty()) {
            throw new DataException("Folder has no images: " + source.describe() + ", endings=" + ENDINGS);
        }
        return listing.of(List.of());
    }

    /** What is found while the folders are walked. */
    private static final class Listing {
        private final Source source;
        private final Path root;
        private final Configuration configuration;
        private final List<String> paths = new ArrayList<>();
        private final List<Integer> labels = new ArrayList<>();

        Listing(Source source, Configuration configuration) {
            this.source = source;
            this.root = new Path(source.path());
            this.configuration = configuration;
        }

        List<FileStatus> folders() {
            return Arrays.stream(list(root))
                    .filter(status -> status.isDirectory() && !hidden(status))
                    .toList();
        }

        void add(Path folder, int label) {
            for (FileStatus image : list(folder)) {
                if (isImage(image)) {
                    paths.add(image.getPath().toString());
                    labels.add(label);
                }
            }
        }

        private FileStatus[] list(Path folder) {
            try {
                return sorted(folder.getFileSystem(configuration).listStatus(folder));
            } catch (IOException e) {
                throw Unreadable.of(source.describe(), e);
            }
        }

        ImageFolder of(List<String> classes) {
            return new ImageFolder(
                    classes.toArray(new String[0]),
                    paths.toArray(new String[0]),
                    labels.stream().mapToInt(Integer::intValue).toArray());
        }
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

    public int count() {
        return paths.length;
    }

    public String path(long row) {
        return paths[(int) row];
    }

    int label(long row) {
        return labels[(int) row];
    }

    /** In the order of the class numbers. */
    public List<String> classes() {
        return List.of(classes);
    }
}
