package dev.lockstep.driver.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.storage.StoreWithoutAppend;
import dev.lockstep.params.PushedBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
    private static final String STEP_1 =
            "{\"kind\":\"step\",\"epoch\":1,\"step\":1,\"loss\":2.5,\"lr\":0.001,\"examples_per_second\":1234.567}";
    private static final String EPOCH_1 = "{\"kind\":\"epoch\",\"epoch\":1,\"step\":2,\"train\":{\"loss\":2.0},"
            + "\"validation\":{\"loss\":1.5,\"accuracy\":0.75},\"seconds\":3.25}";

    private static final String NOW = "2026-01-31T12:00:00.123Z";
    private static final Clock CLOCK = Clock.fixed(Instant.parse(NOW), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private long nowNs;

    private MetricsLog log() throws IOException {
        return log(folder.resolve("out"));
    }

    private MetricsLog log(Path output) throws IOException {
        return new MetricsLog(new org.apache.hadoop.fs.Path(output.toUri()), new Configuration(), () -> nowNs, CLOCK);
    }

    private List<String> allLines() throws IOException {
        return Files.readAllLines(folder.resolve("out/metrics.jsonl"));
    }

    /** Without those that say that a run has started. */
    private List<String> lines() throws IOException {
        return allLines().stream()
                .filter(line -> !line.contains("\"kind\":\"start\""))
                .toList();
    }

    private static RunListener.Start start(long resumedFrom) {
        return new RunListener.Start("digits", 100, 10, 2, 3, 2, resumedFrom);
    }

    private static RunListener.Step step(long step, double loss) {
        return new RunListener.Step((int) (step + 1) / 2, step, loss, 0.001, 1234.5671, List.of());
    }

    private static RunListener.Epoch epoch(int epoch) {
        Map<String, Double> validation = new LinkedHashMap<>();
        validation.put("loss", 1.5);
        validation.put("accuracy", 0.75);
        return new RunListener.Epoch(epoch, 2L * epoch, 2.0, validation, 3.25);
    }

    @Test
    void namesOfClassesStandBesideTables() throws IOException {
        try (MetricsLog log = log()) {
            log.started(new RunListener.Start("digits", 100, 10, 2, 3, 2, 0, List.of("ash", "birch"), Map.of()));
            log.epoch(new RunListener.Epoch(
                    1,
                    2,
                    2.0,
                    OptionalDouble.empty(),
                    Map.of("loss", 1.5),
                    Map.of("confusion_matrix", List.of(List.of(3.0, 1.0), List.of(0.0, 2.0))),
                    0,
                    3.25));
        }
        assertEquals(
                "{\"kind\":\"epoch\",\"epoch\":1,\"step\":2,\"train\":{\"loss\":2.0},\"validation\":{\"loss\":1.5,"
                        + "\"classes\":[\"ash\",\"birch\"],\"confusion_matrix\":[[3.0,1.0],[0.0,2.0]]},\"seconds\":3.25}",
                lines().get(0));
    }

    @Test
    void writesALineForEveryEvent() throws IOException {
        try (MetricsLog log = log()) {
            log.started(start(0));
            log.step(step(1, 2.5));
            log.step(step(2, Double.NaN));
            log.epoch(epoch(1));
            log.epoch(new RunListener.Epoch(2, 4, 1.0, Map.of(), 1));
            log.ended(new RunListener.End("done", 3, 6, 10, 60));
        }

        assertEquals(
                List.of(
                        STEP_1,
                        "{\"kind\":\"step\",\"epoch\":1,\"step\":2,\"loss\":\"NaN\",\"lr\":0.001,\"examples_per_second\":1234.567}",
                        EPOCH_1,
                        "{\"kind\":\"epoch\",\"epoch\":2,\"step\":4,\"train\":{\"loss\":1.0},\"seconds\":1.0}",
                        "{\"kind\":\"end\",\"status\":\"done\",\"epochs\":3,\"steps\":6,\"seconds\":10.0,"
                                + "\"examples_per_second\":60.0,\"time\":\"" + NOW + "\"}"),
                lines());
    }

    @Test
    void saysWithWhatEachAttemptHasStartedAndWhatHasHappened() throws IOException {
        Map<String, Object> settings = Map.of("optimizer", Map.of("adam", Map.of("lr", 0.001)));
        try (MetricsLog log = log()) {
            log.started(new RunListener.Start("digits", 100, 10, 2, 3, 2, 0, List.of(), settings));
            log.saved(new RunListener.Saved(2, 0.1236));
            log.event(new RunListener.Event(2, "The network overfits"));
            log.started(start(2));
            log.ended(new RunListener.End("failed", 1, 2, 1, 60, OptionalInt.empty(), Optional.of("The disk is full")));
        }
        String figures = "\"name\":\"digits\",\"examples\":100,\"parameters\":10,\"workers\":2,\"epochs\":3,"
                + "\"steps_per_epoch\":2,\"settings\":";
        String time = ",\"time\":\"" + NOW + "\"";
        assertEquals(
                List.of(
                        "{\"kind\":\"start\",\"step\":0" + time + "," + figures
                                + "{\"optimizer\":{\"adam\":{\"lr\":0.001}}}}",
                        "{\"kind\":\"checkpoint\",\"step\":2" + time + ",\"seconds\":0.124}",
                        "{\"kind\":\"event\",\"step\":2" + time + ",\"text\":\"The network overfits\"}",
                        "{\"kind\":\"start\",\"step\":2" + time + "," + figures + "{}}",
                        "{\"kind\":\"end\",\"status\":\"failed\",\"epochs\":1,\"steps\":2,\"seconds\":1.0,"
                                + "\"examples_per_second\":60.0" + time + ",\"reason\":\"The disk is full\"}"),
                allLines());
    }

    @Test
    void writesTablesAsRowsBesideTheFigures() throws IOException {
        Map<String, List<List<Double>>> tables =
                Map.of("confusion_matrix", List.of(List.of(3.0, 1.0), List.of(0.0, Double.NaN)));
        try (MetricsLog log = log()) {
            log.started(start(0));
            log.epoch(new RunListener.Epoch(1, 2, 2.0, OptionalDouble.empty(), Map.of("loss", 1.5), tables, 0, 3));
        }
        assertEquals(
                "{\"loss\":1.5,\"confusion_matrix\":[[3.0,1.0],[0.0,\"NaN\"]]},\"seconds\":3.0}",
                lines().get(0).split("\"validation\":")[1]);
    }

    @Test
    void saysRegularizationApartFromTheLossAndWhichStepWasSkipped() throws IOException {
        OptionalDouble added = OptionalDouble.of(0.5);
        try (MetricsLog log = log()) {
            log.started(start(0));
            OptionalDouble scale = OptionalDouble.of(65536);
            Optional<String> skipped = Optional.of("4.bias");
            OptionalDouble norm = OptionalDouble.of(4.5);
            log.step(new RunListener.Step(1, 1, 2, 0.1, 0, List.of(), added, norm, skipped, scale, PushedBytes.NONE));
            log.epoch(new RunListener.Epoch(1, 2, 2.0, added, Map.of(), Map.of(), 1, 3));
        }
        assertEquals(
                List.of(
                        "{\"kind\":\"step\",\"epoch\":1,\"step\":1,\"loss\":2.0,\"regularization\":0.5,\"objective\":2.5,"
                                + "\"lr\":0.1,\"gradient_norm\":4.5,\"examples_per_second\":0.0,\"loss_scale\":65536.0,"
                                + "\"skipped\":\"4.bias\"}",
                        "{\"kind\":\"epoch\",\"epoch\":1,\"step\":2,\"train\":{\"loss\":2.0,\"regularization\":0.5,"
                                + "\"objective\":2.5},\"skipped\":1,\"seconds\":3.0}"),
                lines());
    }

    @Test
    void saysWhatWentBetweenHostsAndWhatItWouldHaveBeen() throws IOException {
        PushedBytes pushed = new PushedBytes(75, 7500);
        OptionalDouble none = OptionalDouble.empty();
        try (MetricsLog log = log()) {
            log.started(start(0));
            log.step(new RunListener.Step(1, 1, 0, 0, 0, List.of(), none, none, Optional.empty(), none, pushed));
        }
        assertEquals("{\"sent\":75,\"uncompressed\":7500}}", lines().get(0).split("\"gradient_bytes\":")[1]);
    }

    @Test
    void saysWhereEachWorkersTimeWent() throws IOException {
        RunListener.Times times = new RunListener.Times(1, 2, 3, 4, 5, 6, 7.12345, 0.5, 32);
        try (MetricsLog log = log()) {
            log.started(start(0));
            log.step(new RunListener.Step(1, 1, 0, 0, 0, List.of(times)));
        }
        assertEquals(
                "[{\"examples\":32,\"input\":1.0,\"forward\":2.0,\"loss\":3.0,\"backward\":4.0,\"send\":5.0,\"wait\":6.0,\"apply\":7.123,"
                        + "\"hidden\":0.5}]}",
                lines().get(0).split("\"workers\":")[1]);
    }

    @Test
    void othersReadWhatIsWrittenBeforeTheEnd() throws IOException {
        try (MetricsLog log = log()) {
            log.started(start(0));
            log.step(step(1, 2.5));
            assertEquals(List.of(), lines());

            nowNs += 1_000_000_000L;
            log.step(step(2, 2.5));
            assertEquals(2, lines().size());

            log.epoch(epoch(1));
            assertEquals(3, lines().size());
        }
    }

    @Test
    void anOutputThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(folder.resolve("out"), "a file where the folder should be");
        try (MetricsLog log = log()) {
            DataException thrown = assertThrows(DataException.class, () -> log.started(start(0)));
            assertTrue(
                    thrown.getMessage()
                            .startsWith(
                                    "Metrics cannot be written: file=file:" + folder + "/out/metrics.jsonl, reason="),
                    thrown.getMessage());
        }
    }

    @Test
    void severalListenersHearTheSame() throws IOException {
        try (MetricsLog one = log();
                MetricsLog other = log(folder.resolve("other"))) {
            Listeners both = Listeners.of(one, other);
            both.started(start(0));
            both.step(step(1, 2.5));
            both.epoch(epoch(1));
            both.ended(new RunListener.End("done", 3, 6, 10, 60));
        }
        assertEquals(3, lines().size());
        assertEquals(allLines(), Files.readAllLines(folder.resolve("other/metrics.jsonl")));
    }

    @Test
    void aNewRunBeginsANewFile() throws IOException {
        writeTwoEpochs();
        try (MetricsLog log = log()) {
            log.started(start(0));
            log.step(step(1, 2.5));
        }
        assertEquals(List.of(STEP_1), lines());
    }

    @Test
    void aResumedRunGoesOnBehindItsCheckpoint() throws IOException {
        writeTwoEpochs();
        List<String> before = lines();
        Files.writeString(folder.resolve("out/metrics.jsonl"), "{\"kind\":\"st", StandardOpenOption.APPEND);

        try (MetricsLog log = log()) {
            log.started(start(2));
            log.step(step(3, 9));
        }

        assertEquals(before.subList(0, 3), lines().subList(0, 3));
        assertEquals(4, lines().size());
        assertEquals(before.get(3).replace("2.5", "9.0"), lines().get(3));
        assertFalse(before.stream().noneMatch(line -> line.contains("end")), "the first run had an end to be cut");
    }

    @Test
    void aRunThatIsBegunAgainAfterALossLosesNoLine() throws IOException {
        try (MetricsLog log = log()) {
            log.started(start(0));
            log.step(step(1, 2.5));
            log.step(step(2, 2.5));
            log.step(step(3, 2.5));
            log.started(start(2));
            log.step(step(3, 9));
        }
        assertEquals(3, lines().size());
        assertEquals(STEP_1, lines().get(0));
        assertTrue(lines().get(2).contains("\"loss\":9.0"), lines().get(2));
    }

    @Test
    void aCheckpointFindsTheLinesOfItsSteps() throws IOException {
        try (MetricsLog log = log()) {
            log.started(start(0));
            log.step(step(1, 2.5));
            log.saving(1);
            assertEquals(List.of(STEP_1), lines());
        }
    }

    @Test
    void aStoreThatCannotAppendGetsTheWholeFileNowAndThen() throws IOException {
        try (MetricsLog log = new MetricsLog(
                StoreWithoutAppend.path(folder.resolve("out")),
                StoreWithoutAppend.configuration(),
                () -> nowNs,
                CLOCK)) {
            log.started(start(0));
            log.step(step(1, 2.5));
            log.step(step(2, 2.5));
            log.saving(2);
            assertEquals(2, lines().size());

            log.epoch(epoch(1));
            assertEquals(2, lines().size(), "not for every epoch");
            nowNs += 31_000_000_000L;
            log.step(step(3, 2.5));
            assertEquals(4, lines().size());

            log.started(start(2));
            log.step(step(3, 9));
            log.ended(new RunListener.End("done", 3, 6, 10, 60));
        }
        assertEquals(5, lines().size());
        assertEquals(STEP_1, lines().get(0));
        assertTrue(lines().get(3).contains("\"loss\":9.0"), lines().get(3));
    }

    @Test
    void theEndOfARunThatDidNotStartIsNoFailureOfItsOwn() throws IOException {
        try (MetricsLog log = log()) {
            log.ended(new RunListener.End("failed", 0, 0, 1, 0));
        }
        assertFalse(Files.exists(folder.resolve("out/metrics.jsonl")));
    }

    private void writeTwoEpochs() throws IOException {
        try (MetricsLog log = log()) {
            log.started(start(0));
            log.step(step(1, 2.5));
            log.step(step(2, 2.5));
            log.epoch(epoch(1));
            log.step(step(3, 2.5));
            log.step(step(4, 2.5));
            log.epoch(epoch(2));
            log.ended(new RunListener.End("interrupted", 2, 4, 10, 60));
        }
    }
}
