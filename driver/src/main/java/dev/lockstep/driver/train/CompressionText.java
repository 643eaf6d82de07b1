package dev.lockstep.driver.train;

import dev.lockstep.driver.job.JobFile;
import dev.lockstep.params.compress.Compression;
import dev.lockstep.params.compress.NoCompression;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a log says of how gradients are compressed: {@code top_k, ratio 0.01}. */
final class CompressionText {
    private CompressionText() {}

    /** Empty where they are not. */
    static Optional<String> of(Compression compression) {
        if (compression instanceof NoCompression) {
            return Optional.empty();
        }

        Object plain = JobFile.plain(compression);
        return Optional.of(plain instanceof Map<?, ?> named ? text(named) : plain.toString());
    }

    private static String text(Map<?, ?> named) {
        return named.entrySet().stream()
                .map(member -> member.getKey() + settings((Map<?, ?>) member.getValue()))
                .collect(Collectors.joining());
    }

    private static String settings(Map<?, ?> settings) {
        return settings.entrySet().stream()
                .map(setting -> ", " + setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining());
    }
}
