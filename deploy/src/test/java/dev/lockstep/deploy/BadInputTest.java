package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.Parameter;
import dev.lockstep.worker.safetensors.NamedValues;
import dev.lockstep.worker.safetensors.SafeTensors;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a user gets wrong is one line that says where, and the exit code of its kind; nothing that was there before
 * is lost.
 */
@Tag("spark")
class BadInputTest {
    private static final String GOOD =
            """
            data:
              train: {path: rows.csv, options: {header: true}}
              features: [a, b]
              label: label
              shape: [2]
            model:
              layers: [linear: 3]
            loss: cross_entropy
            optimizer: {sgd: {lr: 0.1}}
            train: {epochs: 2, batch: 4, workers: 2}
            checkpoint: {every: 1 epoch}
            """;
    private static final String ROWS = "a,b,label\n1,2,0\n3,4,1\n5,6,2\n7,8,1\n";

    @TempDir
    private static Path folder;

    /** @param words all of which the line must have */
    private record Case(
            String name, String job, String rows, int exitCode, List<String> words, List<String> arguments) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void writeWeights() throws IOException {
        Parameter wrong = new Parameter("0.weight", List.of(3, 5));
        try (OutputStream out = Files.newOutputStream(folder.resolve("wrong.safetensors"))) {
            SafeTensors.write(
                    out,
                    List.of(
                            new NamedValues(wrong, FloatBuffer.allocate(15)),
                            new NamedValues(new Parameter("0.bias", List.of(3)), FloatBuffer.allocate(3))));
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                job("an unknown key", "epochs: 2", "epocs: 2", 2, "job.yaml:10", "train.epocs", "epochs"),
                job("a wrong type", "batch: 4", "batch: many", 2, "job.yaml:10", "train.batch", "many"),
                job("a value out of range", "lr: 0.1", "lr: -1", 2, "job.yaml:9", "lr", "-1"),
                job("a missing column", "[a, b]", "[a, c]", 3, "c", "a, b"),
                job(
                        "an unreadable file",
                        "rows.csv",
                        "none.csv",
                        3,
                        "job.yaml:2: data.train.path: Path does not exist: ",
                        "none.csv"),
                job("a network that does not fit", "shape: [2]", "shape: [3]", 3, "3"),
                job(
                        "weights of another shape",
                        "layers: [linear: 3]",
                        "{layers: [linear: 3], weights: wrong.safetensors}",
                        3,
                        "0.weight",
                        "[3, 5]",
                        "[3, 2]"),
                job("a training that diverges", "lr: 0.1", "lr: 1.0e+38", 4, "not finite", "step="),
                rows("NaN in a feature", "5,NaN,2", 3, "rows.csv", "row", "b", "NaN"),
                rows("an empty feature", "5,,2", 3, "rows.csv", "row", "b"),
                rows(
                        "a label out of range",
                        "5,6,2\n7,8,3",
                        3,
                        "The last of model.layers has an output for each",
                        "rows.csv",
                        "row",
                        "label",
                        "3"),
                new Case(
                        "too few slots",
                        GOOD,
                        ROWS,
                        5,
                        List.of("train.workers=2", "slots=1"),
                        List.of("--master", "local[1]")));
    }

    private static Case job(String name, String part, String instead, int exitCode, String... words) {
        String changed = GOOD.replace(part, instead).replace("model:\n  {", "model: {");
        return new Case(name, changed, ROWS, exitCode, List.of(words), List.of());
    }

    private static Case rows(String name, String row, int exitCode, String... words) {
        return new Case(name, GOOD, ROWS.replace("5,6,2", row), exitCode, List.of(words), List.of());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isOneLineAndAnExitCode(Case bad) throws IOException {
        Files.writeString(folder.resolve("rows.csv"), bad.rows());
        Path job = Files.writeString(folder.resolve("job.yaml"), bad.job());
        StringWriter err = new StringWriter();

        List<String> arguments =
                new ArrayList<>(List.of("train", job.toString(), "--set", "output=" + folder.resolve("out")));
        arguments.addAll(bad.arguments());
        int exitCode = run(err, arguments);

        String said = err.toString();
        assertAll(
                () -> assertEquals(bad.exitCode(), exitCode, said),
                () -> assertEquals(1, said.lines().count(), said),
                () -> bad.words().forEach(word -> assertTrue(said.contains(word), () -> word + " is not in: " + said)));
    }

    /** It would not end, or be another text, if it were read again for the place of a key. */
    @Test
    @Timeout(120)
    void aJobFromAPipeIsReadOnce() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, GOOD.replace("rows.csv", "none.csv"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.setDaemon(true);
        writer.start();
        StringWriter err = new StringWriter();

        assertEquals(3, run(err, List.of("train", pipe.toString(), "--set", "output=" + folder.resolve("piped"))));
        assertTrue(err.toString().startsWith("lockstep: Path does not exist: "), err::toString);
    }

    @Test
    void aTruncatedCheckpointIsNamedAndLeftAlone() throws IOException {
        Path own = Files.createDirectory(folder.resolve("truncated"));
        Files.writeString(own.resolve("rows.csv"), ROWS);
        Path job = Files.writeString(
                own.resolve("job.yaml"), GOOD.replace("{every: 1 epoch}", "{every: 1 epoch, keep: 1}"));
        String output = "output=" + own.resolve("out");
        StringWriter err = new StringWriter();
        assertEquals(0, run(err, List.of("train", job.toString(), "--set", output)), err::toString);

        Path state = own.resolve("out/checkpoints/step-2/state.safetensors");
        byte[] whole = Files.readAllBytes(state);
        Files.write(state, java.util.Arrays.copyOf(whole, whole.length / 2));
        Files.deleteIfExists(state.resolveSibling(".state.safetensors.crc"));

        assertEquals(3, run(err, List.of("train", job.toString(), "--resume", "--set", output)));
        assertTrue(err.toString().contains("step-2: state.safetensors is truncated"), err::toString);
        assertTrue(Files.exists(state), "what is left may still be of use");
    }

    private static int run(StringWriter err, List<String> arguments) {
        List<String> all = new ArrayList<>();
        Collections.addAll(all, arguments.toArray(String[]::new));
        return Lockstep.run(
                new PrintWriter(new StringWriter()), new PrintWriter(err, true), all.toArray(String[]::new));
    }
}
