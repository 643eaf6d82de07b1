package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands tell of runs by the files that these have left. */
class RunCommandsTest {
    private static final String START = "{\"kind\":\"start\",\"step\":0,\"time\":\"2026-01-31T12:00:00.123Z\","
            + "\"name\":\"small\",\"examples\":80,\"parameters\":50,\"workers\":2,\"epochs\":4,\"steps_per_epoch\":5,"
            + "\"settings\":{}}\n";
    private static final String MONITOR =
            "{\"kind\":\"monitor\",\"epoch\":4,\"step\":20,\"forwards\":\"sound\",\"backwards\":\"vanishing\",\"layers\":["
                    + "{\"layer\":\"0 (linear)\",\"activation\":0.8,\"dead\":0.0,\"forwards\":\"sound\"},"
                    + "{\"layer\":\"1 (tanh)\",\"activation\":0.5,\"saturated\":0.1,\"dead\":0.0,\"forwards\":\"sound\","
                    + "\"gradient\":1.0e-8,\"backwards\":\"vanishing\"},"
                    + "{\"layer\":\"2 (linear)\",\"activation\":\"Infinity\",\"dead\":0.0,\"forwards\":\"exploding\","
                    + "\"gradient\":0.02,\"backwards\":\"sound\"}]}\n";
    private static final String END =
            "{\"kind\":\"end\",\"status\":\"%s\",\"epochs\":4,\"steps\":20,\"seconds\":3725.0,"
                    + "\"examples_per_second\":900.0}\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Four epochs of five steps; the third is the best. */
    private Path run(String name, String end) throws IOException {
        StringBuilder lines = new StringBuilder(START);
        double[] accuracies = {0.5, 0.75, 0.875, 0.625};
        for (int step = 1; step <= 20; step++) {
            lines.append(String.format(
                    Locale.ROOT,
                    "{\"kind\":\"step\",\"epoch\":%d,\"step\":%d,\"loss\":%s,\"lr\":0.01,\"examples_per_second\":900.0}%n",
                    (step + 4) / 5,
                    step,
                    2.0 / step));
            if (step % 5 == 0) {
                lines.append(String.format(
                        Locale.ROOT,
                        "{\"kind\":\"epoch\",\"epoch\":%d,\"step\":%d,\"train\":{\"loss\":%s},\"validation\":{\"loss\":%s,"
                                + "\"accuracy\":%s,\"rmse\":%s},\"seconds\":0.4}%n",
                        step / 5,
                        step,
                        2.0 / step,
                        3.0 / step,
                        accuracies[step / 5 - 1],
                        10 + step));
            }
        }
        Path file = folder.resolve("runs").resolve(name).resolve("metrics.jsonl");
        Files.createDirectories(file.getParent());
        Files.writeString(file, lines + MONITOR + end);
        return file.getParent();
    }

    @Test
    void plotShowsEachFiguresCourse() throws IOException {
        Path run = run("small", END.formatted("done"));
        assertEquals(0, lockstep("plot", run.toString()), err::toString);

        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(0).endsWith("/runs/small: done, epoch 4 of 4, step 20, 3725.0 s"), out::toString);
        String accuracy = line("validation.accuracy");
        assertTrue(accuracy.matches("  validation.accuracy +▁▆█▃ +0.5000 +0.6250 +0.8750 +15"), accuracy);
        String rmse = line("validation.rmse");
        assertTrue(rmse.matches("  validation.rmse +▁▃▆█ +15.00 +30.00 +15.00 +5"), rmse);
        assertTrue(line("  loss ").matches("  loss +█.*▁ +2.000 +0.1000 +0.1000 +20"), out::toString);
    }

    @Test
    void plotDrawsAPicture() throws IOException {
        Path run = run("small", END.formatted("done"));
        Path png = folder.resolve("small.png");
        assertEquals(0, lockstep("plot", run.toString(), "--png", png.toString()), err::toString);

        BufferedImage picture = ImageIO.read(png.toFile());
        assertTrue(out.toString().contains("picture: " + png), out::toString);
        // Seven panels in two columns.
        assertTrue(picture.getWidth() > 1200 && picture.getHeight() > 1600, picture::toString);
        assertTrue(colours(picture) > 20, "panels, lines and letters");
    }

    @Test
    void digitsAreTheSameEverywhere() throws IOException {
        Path run = run("small", END.formatted("done"));
        byte[] drawn = drawn(run, "here.png");
        String told = out.toString();
        out.getBuffer().setLength(0);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertArrayEquals(drawn, drawn(run, "there.png"));
            assertEquals(told, out.toString().replace("there.png", "here.png"));
        } finally {
            Locale.setDefault(before);
        }
    }

    private byte[] drawn(Path run, String name) throws IOException {
        Path png = folder.resolve(name);
        assertEquals(0, lockstep("plot", run.toString(), "--png", png.toString()), err::toString);
        return Files.readAllBytes(png);
    }

    @Test
    void aRunWithoutAFiniteFigureIsDrawnWithoutIt() throws IOException {
        Path run = run("small", END.formatted("failed"));
        Path file = run.resolve("metrics.jsonl");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceAll("\"loss\":[0-9.E-]+", "\"loss\":\"NaN\"")
                        .replace(MONITOR, ""));
        Path png = folder.resolve("small.png");
        assertEquals(0, lockstep("plot", run.toString(), "--png", png.toString()), err::toString);
        assertTrue(line("train.loss").matches("  train.loss +- +- +- +0"), out::toString);
        assertTrue(ImageIO.read(png.toFile()).getHeight() < 1500, "without loss and signals");
    }

    /** The library looks for marks of the axes until it finds good ones. */
    @ParameterizedTest
    @CsvSource({"0.0, 0.0", "1.0e+300, 1.0e-12", "-1.0e-300, 1.0e-300", "1.0, 1.0e+9"})
    void aPictureOfOddFiguresIsDrawnInTime(String loss, String lr) throws IOException {
        StringBuilder lines = new StringBuilder(START);
        for (int step = 1; step <= 3000; step += 1499) {
            lines.append(String.format(
                    Locale.ROOT,
                    "{\"kind\":\"step\",\"epoch\":1,\"step\":%d,\"loss\":%s,\"lr\":%s,\"examples_per_second\":%d}%n",
                    step,
                    loss,
                    lr,
                    step));
        }
        Path run = Files.createDirectories(folder.resolve("odd"));
        Files.writeString(run.resolve("metrics.jsonl"), lines);
        Path png = folder.resolve("odd.png");
        int exit = assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> lockstep("plot", run.toString(), "--png", png.toString()));
        assertEquals(0, exit, err::toString);
        assertTrue(ImageIO.read(png.toFile()).getHeight() > 1000, "three panels");
    }

    @Test
    void plotSaysWhereThereIsNoRun() throws IOException {
        assertEquals(3, lockstep("plot", folder.resolve("nowhere").toString()));
        assertTrue(err.toString().startsWith("lockstep: No run has written here: folder="), err::toString);

        Path empty = Files.createDirectories(folder.resolve("runs/empty"));
        Files.writeString(empty.resolve("metrics.jsonl"), START);
        assertEquals(
                3,
                lockstep(
                        "plot",
                        empty.toString(),
                        "--png",
                        folder.resolve("none.png").toString()));
        assertTrue(err.toString().contains("There are no figures to draw yet: folder="), err::toString);
        assertFalse(Files.exists(folder.resolve("none.png")));
    }

    @Test
    void runsListsThemWithStateBestMetricAndTime() throws IOException {
        run("a", END.formatted("done"));
        Path loss = run("b", END.formatted("stopped_early")).resolve("metrics.jsonl");
        String byLoss = "\"settings\":{\"train\":{\"early_stopping\":{\"metric\":\"loss\"}}}";
        Files.writeString(loss, Files.readString(loss).replace("\"settings\":{}", byLoss));
        run("search/trials/1", "");
        Path resumed = run("resumed", END.formatted("interrupted") + START.replace("\"step\":0", "\"step\":20"));
        Path file = resumed.resolve("metrics.jsonl");
        String watched = "\"settings\":{\"train\":{\"early_stopping\":{\"metric\":\"rmse\"}}}";
        Files.writeString(file, Files.readString(file).replace("\"settings\":{}", watched) + END.formatted("done"));
        assertEquals(0, lockstep("runs", folder.resolve("runs").toString()), err::toString);

        List<String> lines = out.toString().lines().toList();
        assertAll(
                () -> assertEquals(5, lines.size(), out::toString),
                () -> assertTrue(
                        lines.get(0).matches("  run +state +started \\(UTC\\) +epoch +step +time +best +at step"),
                        lines.get(0)),
                () -> assertTrue(
                        lines.get(1).matches("  a +done +2026-01-31 12:00 +4/4 +20 +1:02:05 +accuracy 0.8750 +15"),
                        lines.get(1)),
                () -> assertTrue(lines.get(2).matches("  b +stopped early .* loss [0-9.]+ +\\d+"), lines.get(2)),
                () -> assertTrue(
                        lines.get(3).matches("  resumed +done +2026-01-31 12:00 +4/4 +20 +2:04:10 +rmse 15.00 +5"),
                        lines.get(3)),
                () -> assertTrue(
                        lines.get(4).matches("  search/trials/1 +lost +2026-01-31 12:00 +4/4 +20 +- +accuracy .*"),
                        lines.get(4)));
    }

    @Test
    void runsSaysWhereThereAreNone() throws IOException {
        assertEquals(3, lockstep("runs", folder.resolve("nowhere").toString()));
        assertTrue(err.toString().startsWith("lockstep: Folder does not exist: folder="), err::toString);
        assertEquals(0, lockstep("runs", folder.toString()), err::toString);
        assertTrue(out.toString().startsWith("No run has written to this folder or below: "), out::toString);
    }

    private String line(String word) {
        return out.toString()
                .lines()
                .filter(line -> line.contains(word))
                .findFirst()
                .orElseThrow(() -> new AssertionError(out));
    }

    private static long colours(BufferedImage picture) {
        return IntStream.range(0, picture.getHeight())
                .flatMap(y -> IntStream.range(0, picture.getWidth()).map(x -> picture.getRGB(x, y)))
                .distinct()
                .count();
    }

    private int lockstep(String... arguments) {
        return Lockstep.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
