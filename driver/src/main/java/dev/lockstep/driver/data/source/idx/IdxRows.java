package dev.lockstep.driver.data.source.idx;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.BadValueException;
import dev.lockstep.driver.data.rows.Decoded;
import dev.lockstep.driver.data.rows.IndexedBlocks;
import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Examples from a pair of IDX files: the values as they stand, 0 to 255 for the usual bytes. The option {@code labels}
 * names the labels' file; without it, {@code images-idx3} in the name of the images' file becomes {@code labels-idx1},
 * as MNIST has it.
 */
public final class IdxRows implements IndexedBlocks.Rows {
    private final IdxReader images;
    private final IdxReader labels;
    private final int features;
    private final TargetSpec targets;
    private final boolean exact;

    private IdxRows(IdxReader images, IdxReader labels, int features, TargetSpec targets, boolean exact) {
        this.images = images;
        this.labels = labels;
        this.features = features;
        this.targets = targets;
        this.exact = exact;
    }

    public static Decoded decode(SparkSession spark, Source source, Selection selection) {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        IdxHeader images = IdxHeader.read(configuration, source.path());
        IdxHeader labels =
                selection.targets().kind() == TargetSpec.Kind.NONE ? null : labels(configuration, source, images);
        RowFormat format = new RowFormat(1, images.width(), labels == null ? 0 : labels.width());
        List<Integer> shape = selection.shape().isEmpty() ? shape(images) : selection.shape();
        if (!selection.shape().isEmpty() && selection.width() != images.width()) {
            throw new DataException("Features must fill the shape: file=" + images.path() + ", features="
                    + images.shape() + " of " + images.width() + ", shape=" + shape + " of " + selection.width());
        }
        boolean exact = selection.exact() && images.type().exceedsFloat();
        Opener opener =
                new Opener(images, labels, selection.targets(), exact, new SerializableConfiguration(configuration));
        return new Decoded(
                IndexedBlocks.of(spark, images.path(), images.rows(), format, exact, opener),
                format,
                shape,
                selection.encoding(),
                source.describe());
    }

    public static IdxHeader labels(Configuration configuration, Source source, IdxHeader images) {
        String path = source.options()
                .getOrDefault("labels", source.path().replaceFirst("images([-.])idx\\d", "labels$1idx1"));
        if (path.equals(source.path())) {
            throw new DataException("IDX labels have no file: " + source.describe()
                    + ". Name it by the option labels, or call the pair *-images-idx3-* and *-labels-idx1-*.");
        }
        IdxHeader labels = IdxHeader.read(configuration, path);
        if (labels.rows() != images.rows()) {
            throw new DataException("IDX files must have as many labels as images: images=" + images.rows()
                    + ", labels=" + labels.rows() + ", file=" + labels.path());
        }
        return labels;
    }

    /** Grey images have one channel. */
    public static List<Integer> shape(IdxHeader images) {
        List<Integer> shape = new ArrayList<>(images.shape());
        if (shape.size() == 2) {
            shape.add(0, 1);
        }
        return shape.isEmpty() ? List.of(1) : shape;
    }

    @Override
    public void read(long row, double[] into) throws IOException, BadValueException {
        images.read(into, 0, exact);
        if (labels != null) {
            labels.read(into, features, /* exact */ false);
            for (int i = features; i < into.length; i++) {
                targets.check(into[i], "label");
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            images.close();
        } finally {
            if (labels != null) {
                labels.close();
            }
        }
    }

    /** Travels to the tasks. */
    private record Opener(
            IdxHeader images,
            IdxHeader labels,
            TargetSpec targets,
            boolean exact,
            SerializableConfiguration configuration)
            implements IndexedBlocks.Opener {
        @Override
        public IndexedBlocks.Rows open(long firstRow) throws IOException {
            IdxReader first = IdxReader.at(images, firstRow, configuration.value());
            boolean open = false;
            try {
                IdxReader second = labels == null ? null : IdxReader.at(labels, firstRow, configuration.value());
                IdxRows rows = new IdxRows(first, second, images.width(), targets, exact);
                open = true;
                return rows;
            } finally {
                if (!open) {
                    first.close();
                }
            }
        }
    }
}
