package dev.lockstep.deploy.submit;

import dev.lockstep.driver.JobFileException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody gives to spark-submit, read as Spark reads it, as far as it matters here.
 *
 * @param words all of it but jars and files, to which others may be added
 * @param options the last value of each
 * @param conf what {@code --conf} says
 */
record SubmitOptions(List<String> words, Map<String, String> options, Map<String, String> conf) {
    private static final Set<String> FLAGS =
            Set.of("--supervise", "--verbose", "-v", "--version", "--help", "-h", "--usage-error");
    private static final Pattern JOINED = Pattern.compile("(--[^=]+)=(.+)");
    private static final Set<String> LISTS = Set.of("--files", "--jars");

    /** @throws JobFileException if there is something else than options among them */
    static SubmitOptions parse(List<String> given) {
        SubmitOptions read = new SubmitOptions(new ArrayList<>(), new HashMap<>(), new HashMap<>());
        for (int i = 0; i < given.size(); i++) {
            Matcher joined = JOINED.matcher(given.get(i));
            if (joined.matches()) {
                read.take(joined.group(1), joined.group(2));
            } else if (FLAGS.contains(given.get(i))) {
                read.words.add(given.get(i));
            } else {
                requireOption(given.get(i));
                if (i + 1 == given.size()) {
                    throw new JobFileException("An option for spark-submit has no value: option=" + given.get(i));
                }
                read.take(given.get(i), given.get(++i));
            }
        }
        return read;
    }

    private static void requireOption(String word) {
        if (!word.startsWith("-")) {
            throw new JobFileException(
                    "Behind -- stand options for spark-submit alone, Lockstep adds its jar and the job:" + " argument="
                            + word + ". Options of the training go before --.");
        }
    }

    private void take(String name, String value) {
        if (name.equals("--class")) {
            throw new JobFileException("--class is Lockstep's own: --class=" + value
                    + ". Leave it out; classes that a job file names come with --jars.");
        }
        options.put(name, value);
        if (name.equals("--conf") || name.equals("-c")) {
            String[] setting = value.split("=", 2);
            conf.put(setting[0], setting.length == 2 ? setting[1] : "");
        }
        if (!LISTS.contains(name)) {
            words.add(name);
            words.add(value);
        }
    }

    private Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** An option of its own counts before {@code --conf}, and that before Spark's file of defaults. */
    Optional<String> setting(String option, String key, Path defaults) {
        return option(option).or(() -> setting(key, defaults));
    }

    Optional<String> setting(String key, Path defaults) {
        return Optional.ofNullable(conf.get(key))
                .or(() -> ofFile(key, option("--properties-file").map(Path::of).orElse(defaults)));
    }

    private static Optional<String> ofFile(String key, Path file) {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        Properties written = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            written.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Spark's defaults cannot be read: file=" + file, e);
        }
        return Optional.ofNullable(written.getProperty(key)).map(String::strip);
    }
}
