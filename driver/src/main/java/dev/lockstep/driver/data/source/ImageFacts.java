package dev.lockstep.driver.data.source;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.BadValueException;
import dev.lockstep.driver.data.rows.Unreadable;
import dev.lockstep.driver.data.source.idx.IdxHeader;
import dev.lockstep.driver.data.source.idx.IdxReader;
import dev.lockstep.driver.data.source.idx.IdxRows;
import dev.lockstep.driver.data.source.image.ImageFolder;
import dev.lockstep.driver.job.Source;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What images there are, found without training on them.
 *
 * @param shape of the first one: channels, height and width
 * @param classes names, or numbers, in order
 */
public record ImageFacts(long images, List<Integer> shape, List<String> classes) {
    private static final int GREY = 1;
    private static final int COLOURS = 3;

    /** @param source of the format {@code idx} or {@code images} */
    public static ImageFacts of(Source source, Configuration hadoop) {
        try {
            return source.format().equals(Source.IDX) ? idx(source, hadoop) : folder(source, hadoop);
        } catch (IOException | BadValueException e) {
            throw Unreadable.of(source, e);
        }
    }

    private static ImageFacts idx(Source source, Configuration hadoop) throws IOException, BadValueException {
        IdxHeader images = IdxHeader.read(hadoop, source.path());
        IdxHeader labels = IdxRows.labels(hadoop, source, images);
        TreeSet<Integer> classes = new TreeSet<>();
        double[] label = new double[labels.width()];
        try (IdxReader reader = IdxReader.at(labels, 0, hadoop)) {
            for (long row = 0; row < labels.rows(); row++) {
                reader.read(label, 0, /* exact */ false);
                classes.add((int) label[0]);
            }
        }
        return new ImageFacts(
                images.rows(),
                IdxRows.shape(images),
                classes.stream().map(String::valueOf).toList());
    }

    private static ImageFacts folder(Source source, Configuration hadoop) throws IOException {
        ImageFolder folder = ImageFolder.ofClasses(source, hadoop, List.of());
        Path first = new Path(folder.path(0));
        try (InputStream in = first.getFileSystem(hadoop).open(first)) {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(in.readAllBytes()));
            if (image == null) {
                throw new DataException("Image cannot be read: file=" + first);
            }
            int channels = image.getColorModel().getNumComponents() < COLOURS ? GREY : COLOURS;
            return new ImageFacts(
                    folder.count(), List.of(channels, image.getHeight(), image.getWidth()), folder.classes());
        }
    }
}
