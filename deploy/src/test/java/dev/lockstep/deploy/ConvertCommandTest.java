package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lockstep convert} on a file that Deeplearning4j wrote. */
class ConvertCommandTest {
    private static final String NET = "../driver/src/test/resources/dl4j/batch-norm-of-images.zip";

    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    private int lockstep(String... args) {
        errors.getBuffer().setLength(0);
        return Lockstep.run(new PrintWriter(new StringWriter()), new PrintWriter(errors, true), args);
    }

    private String output() {
        return folder.resolve("model").toString();
    }

    @Test
    void makesAModelThatCanBeExported() throws IOException {
        assertEquals(0, lockstep("convert", NET, output(), "--shape", "2,11,9", "--label", "y"), errors::toString);
        String described = Files.readString(folder.resolve("model/model.yaml"));
        assertTrue(described.contains("momentum: 0.2\n"), described);
        assertTrue(described.contains("label: [\"y\"]"), described);
        String script = folder.resolve("net.pt").toString();
        assertEquals(0, lockstep("export", output(), "--format", "torchscript", script), errors::toString);

        assertEquals(2, lockstep("convert", NET, output(), "--shape", "2,11,9"));
        assertTrue(errors.toString().contains("OUTPUT must not be there yet: output=" + output()), errors.toString());
    }

    @Test
    void aModelOfLayersGoesNotBack() {
        assertEquals(0, lockstep("convert", NET, output(), "--shape", "2,11,9"), errors::toString);
        String back = folder.resolve("net.zip").toString();
        assertEquals(2, lockstep("export", output(), "--format", "dl4j", back));
        assertTrue(
                errors.toString()
                        .contains(
                                "Only what was trained as model.dl4j can be written for Deeplearning4j: model=layers"),
                errors.toString());
        assertFalse(Files.exists(Path.of(back)));
    }

    @Test
    void whatIsWrongLeavesNothing() {
        assertEquals(2, lockstep("convert", NET, output()));
        assertTrue(errors.toString().contains("Add --shape CHANNELS,HEIGHT,WIDTH"), errors.toString());
        assertEquals(3, lockstep("convert", NET, output(), "--shape", "3,11,9"));
        assertTrue(errors.toString().contains("its input must have nIn channels"), errors.toString());
        assertEquals(2, lockstep("convert", NET, output(), "--shape", "0"));
        assertTrue(errors.toString().contains("--shape must have extents of at least 1: shape=[0]"), errors.toString());
        assertFalse(Files.exists(folder.resolve("model")));
    }

    @Tag("spark")
    @Test
    void aJobOfSuchANetworkSaysWhatItNeeds() throws IOException {
        Path job = folder.resolve("job.yaml");
        Files.writeString(
                job,
                """
                data: {train: {path: rows.csv, options: {header: true}}, features: x, label: y}
                model: {dl4j: %s}
                loss: mse
                optimizer: {sgd: {lr: 0.1}}
                train: {epochs: 1, batch: 2}
                output: %s
                """
                        .formatted(Path.of(NET).toAbsolutePath(), folder.resolve("run")));
        Files.writeString(folder.resolve("rows.csv"), "x,y\n1,2\n3,4\n");
        assertEquals(2, lockstep("train", job.toString()));
        assertTrue(errors.toString().contains("Add lockstep-dl4j.jar by --jars"), errors.toString());
    }
}
