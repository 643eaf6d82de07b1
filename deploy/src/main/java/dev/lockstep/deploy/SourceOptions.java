package dev.lockstep.deploy;

import dev.lockstep.driver.job.Source;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --data}: examples for a trained model, named as in a job file. */
final class SourceOptions {
    @Option(
            names = "--data",
            paramLabel = "PATH",
            required = true,
            description = "The examples: whatever a job file's path may name.")
    private String path;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Their format. Default: told by the path's ending.")
    private String format;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "An option of the format, as header=true. May be repeated.")
    private Map<String, String> options = Map.of();

    Source source() {
        return new Source(path, format, options);
    }
}
