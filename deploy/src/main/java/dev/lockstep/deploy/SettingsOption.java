package dev.lockstep.deploy;

import java.util.List;
import picocli.CommandLine.Option;

/** {@code --set}: values that count before those of the job file. */
final class SettingsOption {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Use another value than the job file's, as train.workers=4. May be repeated.")
    private List<String> values = List.of();

    List<String> values() {
        return values;
    }
}
