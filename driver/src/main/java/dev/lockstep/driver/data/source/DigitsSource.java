package dev.lockstep.driver.data.source;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.digits.Digits;
import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.job.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Digits as a source: {@code format: digits} draws them at its first use, so that an example needs no download. The
 * path is a folder; the options {@code examples} and {@code seed} are part of the files' names, so that other options
 * never meet old files.
 */
public final class DigitsSource {
    private static final List<String> OPTIONS = List.of("examples", "seed");

    private DigitsSource() {}

    /** The pair of IDX files that the source stands for, which is there when this returns. */
    public static Source drawn(Source source) {
        requireKnownOptions(source);
        long examples = WholeOption.of(source, "examples", "10000");
        long seed = WholeOption.of(source, "seed", "0");
        if (examples < 1 || examples > Integer.MAX_VALUE) {
            throw new DataException("Option must be in 1.." + Integer.MAX_VALUE + ": " + source.describe()
                    + ", option=examples, value=" + examples);
        }

        String name = "digits-" + examples + "-seed-" + seed;
        Path images = folder(source).resolve(name + "-images-idx3-ubyte");
        Path labels = folder(source).resolve(name + "-labels-idx1-ubyte");
        draw(new Digits(seed), images, labels, (int) examples);
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

    private static void requireKnownOptions(Source source) {
        for (String option : source.options().keySet()) {
            if (!OPTIONS.contains(option)) {
                throw new DataException("Digits have other options: " + source.describe() + ", option=" + option
                        + ", known=" + OPTIONS);
            }
        }
    }

    private static Path folder(Source source) {
        // Hadoop's paths, unlike URIs, take spaces as they are.
        URI uri = new org.apache.hadoop.fs.Path(source.path()).toUri();
        if (uri.getScheme() != null && !uri.getScheme().equals("file")) {
            throw new DataException("Digits are drawn into a local folder: " + source.describe()
                    + ". Draw them with lockstep digits, copy the files and read them as format: idx.");
        }
        return Path.of(uri.getPath()).toAbsolutePath();
    }
}
