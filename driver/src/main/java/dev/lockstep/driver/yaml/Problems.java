package dev.lockstep.driver.yaml;

import dev.lockstep.driver.JobFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Gathers what is wrong with the parts of a file, so that a user hears of all mistakes at once. Not thread-safe. */
public final class Problems {
    private final List<JobFileException> problems = new ArrayList<>();

    /** Reads a part, whose mistakes are kept for later. */
    public void collect(Runnable reading) {
        try {
            reading.run();
        } catch (JobFileException e) {
            problems.add(e);
        }
    }

    /** Throws them as one, a line each. */
    public void throwIfAny() {
        if (problems.size() == 1) {
            throw problems.get(0);
        }
        if (!problems.isEmpty()) {
            String lines = problems.stream().map(Throwable::getMessage).collect(Collectors.joining("\n"));
            throw new JobFileException(lines, problems.get(0));
        }
    }
}
