package dev.lockstep.driver.data.source.drawn;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.job.Source;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder into which a format draws its files at its first use, so that an example needs no download. The options
 * {@code examples} and {@code seed} are part of the files' names, so that other options never meet old files.
 *
 * @param what is drawn, as messages call it
 * @param name of the files, without an ending
 */
record DrawnFolder(Path folder, String what, String name, int examples, long seed) {
    private static final List<String> OPTIONS = List.of("examples", "seed");

    /** @param moved how such data get to another file system, as messages say it */
    static DrawnFolder of(Source source, String what, String defaultExamples, String moved) {
        for (String option : source.options().keySet()) {
            if (!OPTIONS.contains(option)) {
                throw new DataException(what + " have other options: " + source.describe() + ", option=" + option
                        + ", known=" + OPTIONS);
            }
        }
        long examples = WholeOption.of(source, "examples", defaultExamples);
        long seed = WholeOption.of(source, "seed", "0");
        if (examples < 1 || examples > Integer.MAX_VALUE) {
            throw new DataException("Option must be in 1.." + Integer.MAX_VALUE + ": " + source.describe()
                    + ", option=examples, value=" + examples);
        }
        String name = source.format() + "-" + examples + "-seed-" + seed;
        return new DrawnFolder(folder(source, what, moved), what, name, (int) examples, seed);
    }

    private static Path folder(Source source, String what, String moved) {
        // Hadoop's paths, unlike URIs, take spaces as they are.
        URI uri = new org.apache.hadoop.fs.Path(source.path()).toUri();
        if (uri.getScheme() != null && !uri.getScheme().equals("file")) {
            throw new DataException(what + " are drawn into a local folder: " + source.describe() + ". " + moved);
        }
        return Path.of(uri.getPath()).toAbsolutePath();
    }

    /** One of the files. */
    Path file(String ending) {
        return folder.resolve(name + ending);
    }
}
