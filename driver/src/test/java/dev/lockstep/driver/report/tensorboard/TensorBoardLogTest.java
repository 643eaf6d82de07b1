package dev.lockstep.driver.report.tensorboard;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.report.RunListener.Epoch;
import dev.lockstep.driver.report.RunListener.Step;
import dev.lockstep.driver.storage.StoreWithoutAppend;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.PushedBytes;
import dev.lockstep.worker.safetensors.NamedValues;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary.Value;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog;

class TensorBoardLogTest {
    @TempDir
    Path output;

    private TensorBoardLog log() throws IOException {
        return log(new org.apache.hadoop.fs.Path(output.toUri()), new Configuration());
    }

    private static TensorBoardLog log(org.apache.hadoop.fs.Path output, Configuration hadoop) throws IOException {
        return new TensorBoardLog(output, hadoop);
    }

    private List<Event> events() throws IOException {
        return EventFiles.read(output.resolve("tensorboard"));
    }

    private static RunListener.Start start(long resumedFrom) {
        return new RunListener.Start("digits", 100, 10, 2, 3, 2, resumedFrom);
    }

    private static Step step(long step, double loss) {
        OptionalDouble none = OptionalDouble.empty();
        OptionalDouble norm = OptionalDouble.of(0.5);
        return new Step(1, step, loss, 0.001, 1200, List.of(), none, norm, Optional.empty(), none, PushedBytes.NONE);
    }

    @Test
    void theReadersSumIsTheOneOfRfc3720() {
        assertEquals(0x8a9136aa, EventFiles.crc(new byte[32]));
        assertEquals(0xe3069283, EventFiles.crc("123456789".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void figuresOfStepsAndEpochsAreScalars() throws IOException {
        try (TensorBoardLog log = log()) {
            log.started(start(0));
            log.step(step(1, 2.5));
            log.step(step(2, Double.NaN));
            log.epoch(new Epoch(1, 2, 2.0, Map.of("loss", 1.5, "accuracy", 0.75), 3.25));
            log.ended(new RunListener.End("stopped_early", 1, 2, 10, 60));
        }

        List<Event> events = events();
        assertEquals("brain.Event:2", events.get(0).getFileVersion());
        List<Value> losses = EventFiles.values(events, "step/loss");
        assertAll(
                () -> assertEquals(2, losses.size()),
                () -> assertEquals(2.5f, losses.get(0).getSimpleValue()),
                () -> assertTrue(Float.isNaN(losses.get(1).getSimpleValue())),
                () -> assertEquals(0.001f, scalar(events, "step/lr")),
                () -> assertEquals(0.5f, scalar(events, "step/gradient_norm")),
                () -> assertEquals(1200f, scalar(events, "step/examples_per_second")),
                () -> assertEquals(2f, scalar(events, "train/loss")),
                () -> assertEquals(0.75f, scalar(events, "validation/accuracy")),
                () -> assertEquals(3.25f, scalar(events, "epoch/seconds")),
                () -> assertEquals("stopped early after 1 epochs, 10.0 s", text(events, "end")));
        long now = System.currentTimeMillis() / 1000;
        assertTrue(events.stream().allMatch(event -> Math.abs(now - event.getWallTime()) < 600));
        assertEquals(2, events.get(events.size() - 1).getStep());
    }

    @Test
    void theJobIsAText() throws IOException {
        try (TensorBoardLog log = log()) {
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("name", "digits");
            settings.put("train", Map.of("epochs", 3));
            log.started(new RunListener.Start("digits", 100, 10, 2, 3, 2, 0, List.of(), settings));
            log.event(new RunListener.Event(2, "The network overfits."));
        }

        Value job = EventFiles.values(events(), "job").get(0);
        assertEquals("text", job.getMetadata().getPluginData().getPluginName());
        assertEquals(DataType.DT_STRING, job.getTensor().getDtype());
        assertEquals(1, job.getTensor().getTensorShape().getDim(0).getSize());
        assertEquals("    name: digits\n    train: {epochs: 3}", text(events(), "job"));
        assertEquals("The network overfits.", text(events(), "event"));
        assertTrue(text(events(), "run").contains("\n| steps of an epoch | 2 |\n"));
    }

    @Test
    void parametersAreHistograms() throws IOException {
        float[] values = new float[300];
        IntStream.range(0, 300).forEach(i -> values[i] = i / 10f);
        try (TensorBoardLog log = log()) {
            log.started(start(0));
            log.parameters(
                    2,
                    () -> List.of(
                            named("0.weight", values),
                            named("0.bias", 7, 7),
                            named("1.weight", Float.NaN, -1, Float.POSITIVE_INFINITY, 1)));
        }

        List<Event> events = events();
        HistogramProto spread = histogram(events, "parameters/0.weight");
        HistogramProto one = histogram(events, "parameters/0.bias");
        HistogramProto broken = histogram(events, "parameters/1.weight");
        assertAll(
                () -> assertEquals(30, spread.getBucketCount()),
                () -> assertEquals(30, spread.getBucketLimitCount()),
                () -> assertTrue(spread.getBucketList().stream().allMatch(count -> Math.abs(count - 10) <= 1)),
                () -> assertEquals(300, sum(spread.getBucketList())),
                () -> assertEquals(300, spread.getNum()),
                () -> assertEquals(0, spread.getMin()),
                () -> assertEquals(29.9f, (float) spread.getMax()),
                () -> assertEquals(29.9f, spread.getBucketLimit(29), 1e-6),
                () -> assertEquals(4485, spread.getSum(), 1e-3),
                () -> assertEquals(89_550.5, spread.getSumSquares(), 0.1),
                () -> assertArrayEquals(new double[] {2}, array(one.getBucketList())),
                () -> assertArrayEquals(new double[] {7}, array(one.getBucketLimitList())),
                () -> assertEquals(2, broken.getNum()),
                () -> assertEquals(1, broken.getMax()));
    }

    @Test
    void aRunThatGoesOnSaysWhichEventsCountNoMore() throws IOException {
        try (TensorBoardLog log = log()) {
            log.started(start(0));
            log.step(step(1, 2.5));
            log.step(step(2, 2.4));
            // Begun again after a loss, in the same second.
            log.started(start(1));
            log.step(step(2, 2.3));
        }

        assertEquals(2, EventFiles.names(output.resolve("tensorboard")).size());
        List<Event> events = events();
        Event again = events.stream().filter(Event::hasSessionLog).findFirst().orElseThrow();
        assertEquals(SessionLog.SessionStatus.START, again.getSessionLog().getStatus());
        assertEquals(2, again.getStep());
        assertEquals(2.3f, EventFiles.values(events, "step/loss").get(2).getSimpleValue());
    }

    @Test
    void aNewRunBeginsWithoutTheFilesOfAnother() throws IOException {
        Path folder = Files.createDirectories(output.resolve("tensorboard"));
        Files.writeString(folder.resolve("events.out.tfevents.0000000001.lockstep.1"), "another run's");
        Files.writeString(folder.resolve("notes"), "a user's");
        try (TensorBoardLog log = log()) {
            log.started(start(0));
        }

        List<String> names = EventFiles.names(folder);
        assertEquals(2, names.size(), names::toString);
        assertTrue(names.get(0).matches("events\\.out\\.tfevents\\.\\d{10}\\.lockstep\\.1"), names::toString);
        assertEquals("notes", names.get(1));
    }

    @Test
    void othersReadAnEpochWhileTheRunGoesOn() throws IOException {
        try (TensorBoardLog log = log()) {
            log.started(start(0));
            log.epoch(new Epoch(1, 2, 2.0, Map.of("accuracy", 0.75), 3.25));
            assertEquals(0.75f, scalar(events(), "validation/accuracy"));
        }
    }

    @Test
    void aStoreThatCannotAppendHasThemAtTheEnd() throws IOException {
        Configuration hadoop = StoreWithoutAppend.configuration();
        try (TensorBoardLog log = log(StoreWithoutAppend.path(output), hadoop)) {
            log.started(start(0));
            log.step(step(1, 2.5));
        }
        assertEquals(2.5f, scalar(events(), "step/loss"));
    }

    @Test
    void saysWhereEventsCannotBeWritten() throws IOException {
        Files.writeString(output.resolve("tensorboard"), "a file");
        TensorBoardLog log = log();
        String message =
                assertThrows(DataException.class, () -> log.started(start(0))).getMessage();
        assertTrue(message.startsWith("Events for TensorBoard cannot be written: folder=file:" + output), message);
    }

    private static NamedValues named(String name, float... values) {
        return new NamedValues(new Parameter(name, List.of(values.length)), FloatBuffer.wrap(values));
    }

    private static HistogramProto histogram(List<Event> events, String tag) {
        return EventFiles.values(events, tag).get(0).getHisto();
    }

    private static float scalar(List<Event> events, String tag) {
        return EventFiles.values(events, tag).get(0).getSimpleValue();
    }

    private static String text(List<Event> events, String tag) {
        return EventFiles.values(events, tag).get(0).getTensor().getStringVal(0).toStringUtf8();
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(value -> value).sum();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(value -> value).toArray();
    }
}
