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

/**
 * What a driver that runs elsewhere finds in its working directory: the job file, and the files of this machine that it
 * names, data aside. These must lie where executors can read them, and are named in full.
 *
 * @param files of this machine
 * @param settings where the job has them then, and its data, as {@code --set} takes it
 */
record Luggage(List<Path> files, List<String> settings) {
    private static final String LOCAL = "file:";

    static Luggage of(Path jobFile, Job job) {
        Map<String, Path> byName = new LinkedHashMap<>();
        List<String> settings = new ArrayList<>();
        pack(jobFile.toAbsolutePath().normalize(), byName);
        job.model().files().forEach((key, file) -> {
            if (file.startsWith(LOCAL)) {
                settings.add("model." + key + "=" + pack(Path.of(file.substring(LOCAL.length())), byName));
            }
        });

        place("data.train", job.data().train(), settings);
        if (job.data().validation() != null && job.data().validation().source() != null) {
            place("data.validation", job.data().validation().source(), settings);
        }
        return new Luggage(List.copyOf(byName.values()), List.copyOf(settings));
    }

    /** Returns the name that it has there. */
    private static Path pack(Path file, Map<String, Path> byName) {
        Path other = byName.put(file.getFileName().toString(), file);
        if (other != null && !other.equals(file)) {
            throw new JobFileException(
                    "Files that travel with a job lie side by side there, and need a name each: file=" + file
                            + ", other=" + other + ". Rename one.");
        }
        return file.getFileName();
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
