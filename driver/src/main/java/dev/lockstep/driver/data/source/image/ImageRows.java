package dev.lockstep.driver.data.source.image;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.encoding.ClassNames;
import dev.lockstep.driver.data.rows.BadValueException;
import dev.lockstep.driver.data.rows.Decoded;
import dev.lockstep.driver.data.rows.IndexedBlocks;
import dev.lockstep.driver.data.rows.RowFormat;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Source;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Examples from a folder of images with one folder for each class: {@code root/cat/1.png}. Classes are numbered by
 * name, or as a model knows them. Pixels
 * are 0 to 255, channel after channel, scaled to the job's shape: 1 channel is grey, 3 are red, green and blue.
 */
public final class ImageRows implements IndexedBlocks.Rows {
    private final ImageFolder folder;
    private final ImageDecoder decoder;
    private final Configuration configuration;
    private final boolean labelled;
    private final float[] pixels;

    private ImageRows(ImageFolder folder, ImageDecoder decoder, Configuration configuration, boolean labelled) {
        this.folder = folder;
        this.decoder = decoder;
        this.configuration = configuration;
        this.labelled = labelled;
        this.pixels = new float[decoder.channels() * decoder.height() * decoder.width()];
    }

    public static Decoded decode(SparkSession spark, Source source, Selection selection) {
        List<Integer> shape = selection.shape();
        if (shape.size() != 3 || (shape.get(0) != 1 && shape.get(0) != 3)) {
            throw new DataException("Images need a shape of 1 or 3 channels, height and width: " + source.describe()
                    + ", shape=" + shape);
        }
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        boolean labelled = selection.targets().kind() != TargetSpec.Kind.NONE;
        ImageFolder folder = labelled
                ? ImageFolder.ofClasses(
                        source, configuration, selection.encoding().classes().names())
                : ImageFolder.ofAny(source, configuration);
        requireClasses(folder, selection.targets(), source);
        ImageDecoder decoder = new ImageDecoder(shape.get(0), shape.get(1), shape.get(2));
        RowFormat format = new RowFormat(1, selection.width(), labelled ? 1 : 0);
        Broadcast<ImageFolder> shared = new JavaSparkContext(spark.sparkContext()).broadcast(folder);
        SerializableConfiguration hadoop = new SerializableConfiguration(configuration);
        IndexedBlocks.Opener opener = first -> new ImageRows(shared.value(), decoder, hadoop.value(), labelled);
        return new Decoded(
                IndexedBlocks.of(spark, source.path(), folder.count(), format, /* exact */ false, opener),
                format,
                shape,
                selection.encoding().classes(new ClassNames(folder.classes())),
                source.describe());
    }

    private static void requireClasses(ImageFolder folder, TargetSpec targets, Source source) {
        if (targets.classes() > 0 && folder.classes().size() > targets.classes()) {
            throw new DataException("Images have more classes than the network: " + source.describe() + ", folders="
                    + folder.classes().size() + ", classes=" + targets.classes());
        }
    }

    @Override
    public void read(long row, double[] into) throws IOException, BadValueException {
        Path path = new Path(folder.path(row));
        byte[] file;
        try (InputStream in = path.getFileSystem(configuration).open(path)) {
            file = in.readAllBytes();
        }
        decoder.decode(file, path.toString(), pixels);
        for (int i = 0; i < pixels.length; i++) {
            into[i] = pixels[i];
        }
        if (labelled) {
            into[into.length - 1] = folder.label(row);
        }
    }

    @Override
    public void close() {
        // Each image is closed when it has been read.
    }
}
