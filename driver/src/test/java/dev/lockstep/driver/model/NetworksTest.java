package dev.lockstep.driver.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.ExampleForm;
import dev.lockstep.driver.job.Model;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.NetworkSpec;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Scope;
import dev.lockstep.worker.layer.ScriptScope;
import dev.lockstep.worker.layer.Unit;
import dev.lockstep.worker.safetensors.NamedValues;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksTest {
    private static final List<Integer> SHAPE = List.of(3);
    private static final ExampleForm FORM = new ExampleForm(SHAPE);

    /** The identity, and in TorchScript a program that leaves what it saw in a file. */
    private record Leaving(String path) implements Layer {
        @Override
        public Unit unit(List<Integer> input, Scope scope) {
            return new Unit(input, (x, pass) -> x);
        }

        @Override
        public String torchScript(List<Integer> input, String x, ScriptScope script) {
            script.line("torch.save(" + x + ", \"" + path + "\")");
            return x;
        }
    }

    @Test
    void aFileOfALibraryThatIsNotThereSaysWhatToAdd(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("net.zip"), "whatever");
        Model model = Model.dl4j("file:" + file);
        JobFileException missing =
                assertThrows(JobFileException.class, () -> Networks.of(model, FORM, new Configuration()));
        assertEquals(
                "Lockstep for this kind of file is not on the class path: key=model.dl4j, file=file:" + file
                        + ". Add lockstep-dl4j.jar by --jars and Deeplearning4j by --packages, as docs/dl4j.md shows, or"
                        + " make layers of it: lockstep convert",
                missing.getMessage());
    }

    @Test
    void aProgramThatWritesFilesNeedsTheJobsWord(@TempDir Path folder) throws IOException {
        Path left = folder.resolve("left");
        Path file = folder.resolve("net.pt");
        LayeredNetwork layers = new LayeredNetwork(new NetworkSpec(new Linear(2), new Leaving(left.toString())), SHAPE);
        List<NamedValues> values = layers.parameters().stream()
                .map(init -> new NamedValues(
                        init.parameter(), FloatBuffer.allocate(init.parameter().size())))
                .toList();
        layers.writeTorchScript(values, file);

        Model model = Model.torchscript("file:" + file);
        Configuration hadoop = new Configuration();
        String said = assertThrows(JobFileException.class, () -> Networks.of(model, FORM, hadoop))
                .getMessage();
        assertTrue(said.startsWith("TorchScript has an operator that reads or writes files: found=save("), said);
        assertTrue(
                said.endsWith(", file=file:" + file
                        + ". A model file is a program: set model.trusted: true if you trust whoever made it"),
                said);
        assertFalse(left.toFile().exists());

        Model trusted = Model.torchscript("file:" + file, /* trusted */ true);
        assertEquals(List.of(2), Networks.of(trusted, FORM, hadoop).outputShape());
        assertTrue(left.toFile().exists());
    }
}
