package dev.lockstep.deploy.submit;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.Source;
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

    /** @param others what the user sends by the same means, as spark-submit takes it */
    static Luggage of(Path jobFile, Job job, String others) {
        Map<String, Path> byName = new LinkedHashMap<>();
        List<String> settings = new ArrayList<>();
        pack(jobFile.toAbsolutePath().normalize(), byName);
        job.model().files().forEach((key, file) -> {
            if (file.startsWith(LOCAL)) {
                settings.add("model." + key + "=" + pack(Path.of(file.substring(LOCAL.length())), byName));
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
    private static Path pack(Path file, Map<String, Path> byName) {
        if (PATTERN.matcher(file.toString()).find()) {
            throw new JobFileException("Spark would take the file's name for a list or a pattern: file=" + file
                    + ". It must be without , * ? [ ] { and }.");
        }
        Path other = byName.put(file.getFileName().toString(), file);
        if (other != null && !other.equals(file)) {
            throw twice(file, other);
        }
        return file.getFileName();
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
            settings.add(key + ".path=" + source.path());
        }
        if (isLocal(labels)) {
            settings.add(key + ".options.labels=" + labels);
        }
    }

    private static boolean isLocal(String path) {
        return Objects.toString(path, "").startsWith(LOCAL);
    }

    /** The job file's name there. */
    String job() {
        return files.get(0).getFileName().toString();
    }
}
