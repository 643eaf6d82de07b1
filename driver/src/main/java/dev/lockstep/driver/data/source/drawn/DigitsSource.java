package dev.lockstep.driver.data.source.drawn;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.digits.Digits;
import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.job.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Digits as a source: {@code format: digits} draws them at its first use, so that an example needs no download. The
 * path is a folder; the options {@code examples} and {@code seed} are part of the files' names, so that other options
 * never meet old files.
 */
public final class DigitsSource {
    private DigitsSource() {}

    /** The pair of IDX files that the source stands for, which is there when this returns. */
    public static Source drawn(Source source) {
        DrawnFolder folder = DrawnFolder.of(
                source,
                "Digits",
                "10000",
                "Draw them with lockstep digits, copy the files and read them as format: idx.");
        Path images = folder.file("-images-idx3-ubyte");
        Path labels = folder.file("-labels-idx1-ubyte");
        draw(new Digits(folder.seed()), images, labels, folder.examples());
        return new Source("file:" + images, "idx", Map.of("labels", "file:" + labels));
    }

    private static void draw(Digits digits, Path images, Path labels, int examples) {
        // The images come last and each file at once, so where they are the labels are too.
        if (Files.exists(images) && Files.exists(labels)) {
            return;
        }

        try {
            digits.write(images, labels, examples);
        } catch (IOException e) {
            throw new DataException("Digits cannot be written: file=" + images + ", reason=" + Reason.of(e), e);
        }
    }
}
