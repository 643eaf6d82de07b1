package dev.lockstep.driver.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.report.MetricsLog;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.storage.OutputLease;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
    private static final long ALL = Long.MAX_VALUE;
    private static final Configuration HADOOP = new Configuration();

    @TempDir
    Path folder;

    private org.apache.hadoop.fs.Path output() {
        return new org.apache.hadoop.fs.Path(folder.resolve("out").toUri());
    }

    private Path file() {
        return folder.resolve("out/metrics.jsonl");
    }

    private RunHistory history() throws IOException {
        return new RunHistory(output(), HADOOP);
    }

    private MetricsLog log() throws IOException {
        return new MetricsLog(output(), HADOOP);
    }

    private static RunListener.Start start(long resumedFrom) {
        return new RunListener.Start("digits", 100, 10, 2, 3, 2, resumedFrom);
    }

    private static RunListener.Step step(long step, double loss) {
        RunListener.Times fast = new RunListener.Times(1, 2, 3, 4, 5, 6, 7, 0.5, 32);
        RunListener.Times slow = new RunListener.Times(1, 20, 3, 4, 5, 0, 7, 0.5, 31);
        return new RunListener.Step((int) (step + 1) / 2, step, loss, 0.001, 1234.5, List.of(fast, slow));
    }

    private static RunListener.Epoch epoch(int epoch, double accuracy) {
        Map<String, Double> validation = new LinkedHashMap<>();
        validation.put("loss", 1.5);
        validation.put("accuracy", accuracy);
        Map<String, List<List<Double>>> tables = Map.of("confusion_matrix", List.of(List.of(3.0, 1.0)));
        return new RunListener.Epoch(epoch, 2L * epoch, 2.0, OptionalDouble.empty(), validation, tables, 0, 3.25);
    }

    private void append(String text) throws IOException {
        Files.writeString(file(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void readsWhatARunWrites() throws IOException {
        try (MetricsLog log = log()) {
            log.started(start(0));
            log.step(step(1, 2.5));
            log.step(step(2, Double.NaN));
            log.saved(new RunListener.Saved(2, 0.1));
            log.event(new RunListener.Event(2, "something"));
            log.epoch(epoch(1, 0.75));
            log.ended(new RunListener.End("failed", 1, 2, 10, 60, OptionalInt.empty(), Optional.of("disk")));
        }
        RunHistory history = history();
        history.readAll();

        assertArrayEquals(
                new double[] {2.5, Double.NaN},
                history.points("loss", 0, ALL, 10).mean());
        assertEquals(20, history.last("workers.1.forward"));
        assertEquals(32, history.last("workers.0.examples"));
        assertEquals(2.0, history.last("train.loss"));
        assertEquals(0.75, history.last("validation.accuracy"));
        assertEquals(3.25, history.last("epoch_seconds"));
        assertEquals(Double.NaN, history.last("no.such.figure"));
        assertEquals(0, history.points("no.such.figure", 0, ALL, 10).count());
        assertFalse(history.names().contains("validation.confusion_matrix"), "a table is no figure over steps");

        Facts facts = history.facts();
        assertEquals(3, facts.start().path("epochs").asInt());
        assertEquals(2, facts.step());
        assertEquals(1, facts.checkpoints().size());
        assertEquals("something", facts.events().get(0).path("text").asText());
        assertEquals(
                "[[3.0,1.0]]",
                facts.lastEpoch().path("validation").path("confusion_matrix").toString());
        assertEquals("disk", facts.end().path("reason").asText());
        assertEquals(RunState.FAILED, history.state());
        assertEquals(0, facts.broken());
    }

    @Test
    void aRunThatHasNotBegunIsWaitedFor() throws IOException {
        RunHistory history = history();
        history.readAll();
        assertEquals(RunState.WAITING, history.state());
        assertEquals(Set.of(), history.names());
        assertFalse(history.facts().hasBegun());
    }

    @Test
    void readsOnWhereItStoppedAndWaitsForTheRestOfALine() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        RunHistory history = history();
        append("{\"kind\":\"step\",\"epoch\":1,\"step\":1,\"loss\":1.0}\n{\"kind\":\"step\",\"epoch\":1,\"st");
        history.readAll();
        long version = history.version();
        assertEquals(1, history.facts().step());
        history.readAll();
        assertEquals(version, history.version(), "nothing has changed");

        append("ep\":2,\"loss\":0.5}\n");
        history.readAll();
        assertEquals(2, history.facts().step());
        assertArrayEquals(
                new double[] {1.0, 0.5}, history.points("loss", 0, ALL, 10).mean());
        assertTrue(history.version() > version);
        assertEquals(0, history.facts().broken());
    }

    @Test
    void aResumedRunsFileIsReadAnew() throws IOException {
        RunHistory history = history();
        try (MetricsLog log = log()) {
            log.started(start(0));
            for (int step = 1; step <= 4; step++) {
                log.step(step(step, step));
            }
        }
        history.readAll();
        try (MetricsLog log = log()) {
            log.started(start(2));
            for (int step = 3; step <= 9; step++) {
                log.step(step(step, 10 * step));
            }
        }
        history.readAll();

        Points loss = history.points("loss", 0, ALL, 100);
        assertArrayEquals(new long[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, loss.step());
        assertArrayEquals(new double[] {1, 2, 30, 40, 50, 60, 70, 80, 90}, loss.mean());
        assertEquals(2, history.facts().starts().size());
        assertEquals(2, history.facts().start().path("step").asLong());
    }

    @Test
    void aFileThatIsGoneLeavesNothing() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        append("{\"kind\":\"step\",\"epoch\":1,\"step\":1,\"loss\":1.0}\n");
        RunHistory history = history();
        history.readAll();
        Files.delete(file());
        history.readAll();
        assertEquals(0, history.facts().step());
        assertEquals(Set.of(), history.names());
    }

    @Test
    void linesThatNobodyCanReadAreCountedAndHarmless() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        append("no json\n{\"kind\":\"something else\"}\n{\"kind\":\"step\",\"epoch\":1,\"step\":1,\"loss\":1.0,\"w\n\n"
                + "{\"kind\":\"step\",\"epoch\":1,\"step\":2,\"loss\":1.0,\"workers\":[{\"input\":1\n"
                + "{\"kind\":\"step\",\"epoch\":1,\"step\":3,\"loss\":0.5,\"skipped\":\"4.weight\",\"new\":null}\n");
        RunHistory history = history();
        history.readAll();
        assertEquals(5, history.facts().broken());
        assertEquals(3, history.facts().step());
        assertEquals(0.5, history.last("loss"));
        assertEquals(1, history.facts().skipped());
        assertEquals(
                "step 3, the gradient of 4.weight was not finite",
                history.facts().lastSkipped());
    }

    @Test
    void aRunIsRunningWhileItHoldsItsFolderAndLostWhereItWroteNoEnd() throws IOException {
        RunHistory history = history();
        try (OutputLease lease = OutputLease.take(output(), HADOOP)) {
            assertEquals("out", lease.folder().getName());
            history.readAll();
            assertEquals(RunState.RUNNING, history.state());
            append("{\"kind\":\"step\",\"epoch\":1,\"step\":1,\"loss\":1.0}\n");
        }
        history.readAll();
        assertEquals(RunState.LOST, history.state());
        append("{\"kind\":\"end\",\"status\":\"stopped_early\"}\n");
        history.readAll();
        assertEquals(RunState.STOPPED_EARLY, history.state());
    }

    @Test
    void aMillionStepsAreReadInPartsAndKeptInBoundedMemory() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        int steps = 1_000_000;
        try (BufferedWriter out = Files.newBufferedWriter(file())) {
            for (int step = 1; step <= steps; step++) {
                float loss = step == 777_777 ? 50 : 1 + 1f / step;
                out.write("{\"kind\":\"step\",\"epoch\":1,\"step\":" + step + ",\"loss\":" + loss + ",\"lr\":0.001}\n");
            }
        }
        RunHistory history = history();
        assertTrue(history.read(1 << 20), "more is there");
        long first = history.facts().step();
        assertTrue(first > 1000 && first < 100_000, "step=" + first);

        history.readAll();
        assertEquals(steps, history.facts().step());
        Points loss = history.points("loss", 0, ALL, 500);
        assertTrue(loss.count() > 200 && loss.count() <= 502, "points=" + loss.count());
        double highest = 0;
        for (double high : loss.high()) {
            highest = Math.max(highest, high);
        }
        assertEquals(50, highest);
        int most = history.points("loss", 0, ALL, Integer.MAX_VALUE / 2).count();
        assertTrue(most > 30_000 && most <= 65_536, "points=" + most);
    }

    @Test
    void manyFiguresShareTheMemory() throws IOException {
        Figures figures = new Figures();
        for (int step = 1; step <= 3000; step++) {
            for (int figure = 0; figure < 1000; figure++) {
                figures.root().below("workers").below(figure).add(step, step);
            }
            figures.root().below("loss").add(step, step);
        }
        int points = figures.names().stream()
                .mapToInt(name -> figures.of(name).size())
                .sum();
        assertTrue(points <= 1 << 20, "points=" + points);
        assertTrue(
                figures.of("loss").size() >= 512, "points=" + figures.of("loss").size());
    }

    @Test
    void findsTheRunsBelowAFolderInTheOrderOfTheirNumbers() throws IOException {
        for (String run : List.of("search/trials/10", "search/trials/9", "a", ".hidden")) {
            Files.createDirectories(folder.resolve("runs").resolve(run));
            Files.writeString(folder.resolve("runs").resolve(run).resolve("metrics.jsonl"), "");
        }
        assertEquals(List.of("a", "9", "10"), names("runs"));
        assertEquals(List.of("a"), names("runs/a"));
        assertEquals(List.of(), names("nowhere"));
    }

    private List<String> names(String below) throws IOException {
        org.apache.hadoop.fs.Path path =
                new org.apache.hadoop.fs.Path(folder.resolve(below).toUri());
        return RunFolders.of(path, HADOOP).stream()
                .map(org.apache.hadoop.fs.Path::getName)
                .toList();
    }
}
