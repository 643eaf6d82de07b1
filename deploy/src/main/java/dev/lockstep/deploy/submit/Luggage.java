package dev.lockstep.deploy.submit;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.yaml.YamlText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a driver that runs elsewhere finds in its working directory: the job file, and the files of this machine that it
 * names, data aside. These must lie where executors can read them, and are named in full.
 *
 * @param files of this machine
 * @param settings where the job has them then, and its data, as {@code --set} takes it
 */
record Luggage(List<Path> files, List<String> settings) {
    private static final String LOCAL = "file:";
    private static final Pattern PATTERN = Pattern.compile("[,*?\\[\\]{}]");
    /** What the name of a file in a URL must not have. */
    private static final Pattern NO_URL = Pattern.compile("[ \"#%<>\\\\^`|]");
    /** What YAML reads as the text that it is. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][\\w./:-]*[\\w./-]");

    /** @param others what the user sends by the same means, as spark-submit takes it */
    static Luggage of(Path jobFile, Job job, String others, Target target) {
        Map<String, Path> byName = new LinkedHashMap<>();
        List<String> settings = new ArrayList<>();
        pack(jobFile.toAbsolutePath().normalize(), byName, target);
        job.model().files().forEach((key, file) -> {
            if (file.startsWith(LOCAL)) {
                String name = pack(Path.of(file.substring(LOCAL.length())), byName, target);
                settings.add("model." + key + "=" + value(name));
            }
        });

        for (String other : others.split(",")) {
            requireOwnName(byName, other);
        }

        place("data.train", job.data().train(), settings);
        if (job.data().validation() != null && job.data().validation().source() != null) {
            place("data.validation", job.data().validation().source(), settings);
        }
        return new Luggage(List.copyOf(byName.values()), List.copyOf(settings));
    }

    /** Returns the name that it has there. */
    private static String pack(Path file, Map<String, Path> byName, Target target) {
        String name = requireFile(file, target).getFileName().toString();
        Path other = byName.put(name, file);
        if (other != null && !other.equals(file)) {
            throw twice(file, other);
        }
        return name;
    }

    private static Path requireFile(Path file, Target target) {
        if (PATTERN.matcher(file.toString()).find()) {
            throw new JobFileException("Spark would take the file's name for a list or a pattern: file=" + file
                    + ". It must be without , * ? [ ] { and }.");
        }
        if (target.isKubernetes()
                && NO_URL.matcher(file.getFileName().toString()).find()) {
            throw new JobFileException("On Kubernetes Spark puts the file's name into a URL as it is: file=" + file
                    + ". It must be without spaces and \" # % < > \\ ^ ` and |.");
        }
        return file;
    }

    /** Of two files of a name Spark takes the first, which would be the user's. */
    private static void requireOwnName(Map<String, Path> byName, String other) {
        Path ours = byName.get(other.replaceFirst(".*[/#]", ""));
        if (ours != null) {
            throw twice(ours, other);
        }
    }

    private static JobFileException twice(Path file, Object other) {
        return new JobFileException("Files that travel with a job lie side by side there, and need a name each: file="
                + file + ", other=" + other + ". Rename one.");
    }

    private static void place(String key, Source source, List<String> settings) {
        String labels = source.options().get("labels");
        if (isLocal(source.path())) {
            settings.add(key + ".path=" + value(source.path()));
        }
        if (isLocal(labels)) {
            settings.add(key + ".options.labels=" + value(labels));
        }
    }

    /** As {@code --set} takes it: of most paths it is their own text. */
    private static String value(String path) {
        return PLAIN.matcher(path).matches() ? path : YamlText.line(path);
    }

    private static boolean isLocal(String path) {
        return Objects.toString(path, "").startsWith(LOCAL);
    }

    /** The job file's name there. */
    String job() {
        return files.get(0).getFileName().toString();
    }
}
