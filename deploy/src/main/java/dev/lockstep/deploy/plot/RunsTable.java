package dev.lockstep.deploy.plot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.driver.history.Facts;
import dev.lockstep.driver.history.RunHistory;
import dev.lockstep.driver.report.TextTable;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs in a table: how it stands with each, how far it has come, and its best figure. */
public final class RunsTable {
    private static final int DAY_AND_MINUTE = "2026-01-31T12:00".length();

    private RunsTable() {}

    /**
     * The table.
     *
     * @param root what the runs' names leave out
     * @param now for runs that go on
     */
    public static List<String> lines(String root, List<RunHistory> runs, Instant now) {
        TextTable table = new TextTable(3, "run", "state", "started (UTC)", "epoch", "step", "time", "best", "at step");
        for (RunHistory run : runs) {
            Facts facts = run.facts();
            String[] best = best(run);
            table.add(
                    name(root, run),
                    run.state().toString().replace('_', ' '),
                    started(facts),
                    epoch(facts),
                    Long.toString(facts.step()),
                    time(run, now),
                    best[0],
                    best[1]);
        }
        return table.lines();
    }

    private static String name(String root, RunHistory run) {
        String path = run.folder().toUri().getPath();
        return path.startsWith(root + "/")
                ? path.substring(root.length() + 1)
                : run.folder().getName();
    }

    private static String started(Facts facts) {
        String time = first(facts).path("time").asText();
        return time.length() < DAY_AND_MINUTE
                ? "-"
                : time.substring(0, DAY_AND_MINUTE).replace('T', ' ');
    }

    private static JsonNode first(Facts facts) {
        return facts.starts().isEmpty() ? facts.start() : facts.starts().get(0);
    }

    private static String epoch(Facts facts) {
        JsonNode all = facts.start().path("epochs");
        return facts.epoch() + (all.isNumber() ? "/" + all.asInt() : "");
    }

    /** Of all attempts; nothing where nobody has written the newest one's end. */
    private static String time(RunHistory run, Instant now) {
        Facts facts = run.facts();
        Duration before = seconds(facts.secondsBefore());
        if (facts.end().has("seconds")) {
            return shown(before.plus(seconds(facts.end().path("seconds").asDouble())));
        }
        if (!run.state().isOpen()) {
            return "-";
        }
        try {
            Instant start = Instant.parse(facts.start().path("time").asText());
            return shown(before.plus(Duration.between(start, now)));
        } catch (DateTimeParseException e) {
            return "-";
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (1000 * seconds));
    }

    private static String shown(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    /** The metric that early stopping watches, or else the job's first one on validation data, or else a loss. */
    private static String[] best(RunHistory run) {
        JsonNode watched = run.facts().start().at("/settings/train/early_stopping/metric");
        Stream<String> metrics =
                run.names().stream().filter(name -> name.startsWith("validation.") && !name.equals("validation.loss"));
        return Stream.of(
                        Stream.of("validation." + watched.asText()),
                        metrics,
                        Stream.of("validation.loss", "train.loss", "loss"))
                .flatMap(names -> names)
                .filter(run.names()::contains)
                .findFirst()
                .map(name -> {
                    Best best = Best.of(run, name);
                    String shown = name.substring(name.lastIndexOf('.') + 1) + " " + RunText.figure(best.value());
                    return new String[] {shown, Long.toString(best.step())};
                })
                .orElse(new String[] {"-", "-"});
    }
}
