package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class CheckCommandTest {
    private static final String JOB =
            """
            name: small
            data:
              train: {path: rows.csv, options: {header: true}}
              features: [a, b, c]
              label: label
              shape: [3]
              preprocess: [standardize]
            model:
              layers: [linear: 6, relu, batch_norm1d, dropout: 0.3, linear: 2]
            init: {weight: kaiming_normal, bias: zeros}
            loss: cross_entropy
            optimizer: {sgd: {lr: 0.1}}
            train: {epochs: 2, batch: 20, workers: 2, seed: 3}
            """;
    private static final String PROGRAM = "layers: [linear: 6, relu, batch_norm1d, dropout: 0.3, linear: 2]";

    @TempDir
    private static Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void writeFiles() throws IOException {
        StringBuilder rows = new StringBuilder("a,b,c,label\n");
        for (int i = 0; i < 30; i++) {
            rows.append("%d,%d,%d,%d%n".formatted(i * 7 % 11, i * 5 % 13, i * 3 % 17, i % 2));
        }
        Files.writeString(folder.resolve("rows.csv"), rows);
        for (String program : List.of("rounded", "narrow")) {
            try (InputStream in = CheckCommandTest.class.getResourceAsStream("/torchscript/" + program + ".pt")) {
                Files.copy(in, folder.resolve(program + ".pt"));
            }
        }
    }

    @Test
    void findsNothingWrongWithASoundJob() throws IOException {
        assertEquals(0, check(JOB), err::toString);
        String said = out.toString();
        assertAll(
                () -> assertTrue(said.startsWith("small: first step of 20 examples, 50 parameters\n"), said),
                () -> assertTrue(said.contains("1 (relu)"), said),
                () -> assertTrue(said.contains("Forwards: sound.\nBackwards: sound.\n"), said),
                () -> assertTrue(said.contains("against central differences in float64, 16 examples"), said),
                () -> assertTrue(said.contains("values drawn by seed 3"), said),
                // The bias in front of a batch norm moves nothing.
                () -> assertTrue(said.contains("of 6 tensors, largest error"), said),
                () -> assertEquals("", err.toString()));
        BufferedImage picture = ImageIO.read(folder.resolve("out/check.png").toFile());
        assertTrue(picture.getWidth() > 800 && picture.getHeight() > picture.getWidth(), picture::toString);
    }

    @Test
    void endsWith4AndALineWhereAGradientIsWrong() throws IOException {
        assertEquals(4, check(JOB.replace(PROGRAM, "torchscript: rounded.pt")), out::toString);
        String line = err.toString();
        assertAll(
                () -> assertEquals(1, line.lines().count(), line),
                () -> assertTrue(
                        line.startsWith("lockstep: Gradient is not the slope of the loss: parameter=inner."), line),
                () -> assertTrue(line.contains("wrong tensors=2 of 4"), line),
                () -> assertTrue(
                        out.toString().contains("Gradient: wrong at 2, right at 2 of 4 tensors"), out::toString),
                () -> assertTrue(out.toString().contains("picture: "), out::toString));
    }

    @Test
    void saysWhatItCannotCheck() throws IOException {
        assertEquals(0, check(JOB.replace(PROGRAM, "torchscript: narrow.pt")), err::toString);
        assertTrue(
                out.toString().contains("Gradient: not checked. The network does not compute in one type of values"),
                out::toString);
        assertTrue(out.toString().contains("\n  torchscript "), out::toString);
    }

    @Test
    void endsWith4WhereTheFirstLossIsNotFinite() throws IOException {
        assertEquals(4, check(JOB.replace("kaiming_normal", "{normal: {std: 1.0e+200}}"), "--values", "1"));
        assertTrue(err.toString().contains("Loss is not finite"), err::toString);
    }

    @Test
    void refusesOptionsThatMakeNoSense() throws IOException {
        assertEquals(2, check(JOB, "--tolerance", "2"));
        assertTrue(err.toString().contains("--tolerance must be between 0 and 1: tolerance=2.0"), err::toString);
        assertEquals(2, check(JOB, "--values", "0"));
        assertEquals(2, check(JOB.replace("epochs", "epocs")));
        assertEquals(3, check(JOB.replace("[a, b, c]", "[a, b, d]")));
    }

    private int check(String job, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("job.yaml"), job);
        List<String> arguments =
                new ArrayList<>(List.of("check", file.toString(), "--set", "output=" + folder.resolve("out")));
        arguments.addAll(Arrays.asList(options));
        return Lockstep.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }
}
