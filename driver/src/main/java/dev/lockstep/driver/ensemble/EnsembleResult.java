package dev.lockstep.driver.ensemble;

import dev.lockstep.driver.train.TrainResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the training of an ensemble ended.
 *
 * @param status interrupted, or done
 * @param members each member's figures on the validation data, {@code loss} first; empty ones where there are no such
 *     data, none where the training was interrupted
 * @param together those of their average
 */
public record EnsembleResult(
        TrainResult.Status status, List<Map<String, Double>> members, Map<String, Double> together) {

    /** What is shown: a line for each member, and one for all. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Map<String, Double> member : members) {
            lines.add("member " + (lines.size() + 1) + shown(member));
        }
        if (!members.isEmpty()) {
            lines.add("ensemble of " + members.size() + shown(together));
        }
        return lines;
    }

    private static String shown(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .map(figure -> String.format(Locale.ROOT, "%s %.4g", figure.getKey(), figure.getValue()))
                .collect(Collectors.joining(", ", figures.isEmpty() ? "" : "  validation ", ""));
    }
}
