package dev.lockstep.driver.dl4j;

import static dev.lockstep.driver.dl4j.Zips.DENSE;
import static dev.lockstep.driver.dl4j.Zips.OUTPUT;
import static dev.lockstep.driver.dl4j.Zips.PARAMETERS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Tanh;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a zip and what is refused; that outputs are the same is tested beside Deeplearning4j itself. */
class Dl4jConversionTest {
    @TempDir
    Path folder;

    private Path chain(String... layers) throws IOException {
        return Zips.chain(folder.resolve("net.zip"), Zips.counting(PARAMETERS), layers);
    }

    private static TrainedModel convert(Path file) {
        return Dl4jConversion.of(file, List.of(), List.of("y")).model();
    }

    private static String refusal(Path file) {
        return assertThrows(DataException.class, () -> convert(file)).getMessage();
    }

    @Test
    void layersAndWeightsAreOurs() throws IOException {
        TrainedModel model = convert(chain(DENSE, OUTPUT));
        assertEquals(
                List.of(new Linear(3), new Tanh(), new Linear(2)),
                model.file().model().layers());
        assertEquals(new CrossEntropy(), model.file().loss());
        assertEquals(2, model.file().classes());
        assertEquals(List.of(2), model.file().shape());
        // Column after column of [in, out] is row after row of [out, in].
        assertArrayEquals(Zips.counting(PARAMETERS), model.members().get(0).values());
        assertEquals(model.file(), ModelFile.parse("model.yaml", model.file().text()));
    }

    @Test
    void gatesOfAnLstmAreInOurOrder() throws IOException {
        String lstm =
                """
                {"@class": "org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep", "underlying":
                {"@class": "org.deeplearning4j.nn.conf.layers.LSTM", "nin": 1, "nout": 1,
                 "activationFn": {"@class": "org.nd4j.linalg.activations.impl.ActivationTanH"},
                 "gateActivationFn": {"@class": "org.nd4j.linalg.activations.impl.ActivationSigmoid"}}}""";
        Path file = Zips.chain(
                folder.resolve("net.zip"), Zips.counting(12 + 4), lstm, OUTPUT.replace("\"nin\": 3", "\"nin\": 1"));
        TrainedModel model = Dl4jConversion.of(file, List.of(5, 1), List.of()).model();
        float[] values = model.members().get(0).values();
        assertArrayEquals(new float[] {4, 2, 1, 3, 8, 6, 5, 7, 12, 10, 9, 11}, Arrays.copyOf(values, 12));
    }

    @Test
    void whatHasNoCounterpartIsNamed() throws IOException {
        String deconvolution = "{\"@class\": \"org.deeplearning4j.nn.conf.layers.Deconvolution2D\"}";
        assertEquals(
                "Layer cannot be converted: layer=1, kind=Deconvolution2D, reason=there is no such layer here",
                refusal(chain(DENSE, deconvolution, OUTPUT)));
        assertEquals(
                "Layer cannot be converted: layer=hidden, kind=DenseLayer, reason=there is no such activation here:"
                        + " activation=ActivationCube",
                refusal(chain(DENSE.replace("ActivationTanH", "ActivationCube"), OUTPUT)));
        assertEquals(
                "Layer cannot be converted: layer=classes, kind=OutputLayer, reason=there is no such loss here behind"
                        + " such an activation: loss=LossHinge, activation=ActivationSoftmax",
                refusal(chain(DENSE, OUTPUT.replace("LossMCXENT", "LossHinge"))));
        assertEquals(
                "Layer cannot be converted: layer=1, kind=com.acme.Mine, reason=there is no such layer here",
                refusal(chain(DENSE, "{\"@class\": \"com.acme.Mine\"}", OUTPUT)));
    }

    @Test
    void aShapeThatNobodyTellsIsAskedFor() throws IOException {
        Path file = chain(
                "{\"@class\": \"org.deeplearning4j.nn.conf.layers.ConvolutionLayer\", \"nin\": 1, \"nout\": 2}",
                OUTPUT);
        JobFileException untold = assertThrows(JobFileException.class, () -> convert(file));
        assertTrue(
                untold.getMessage().startsWith("The file does not say the shape of an example: file=" + file),
                untold.getMessage());
        assertTrue(untold.getMessage().endsWith("or STEPS,FEATURES for sequences."), untold.getMessage());
    }

    @Test
    void parametersMustBeThoseOfTheLayers() throws IOException {
        Path more = Zips.chain(folder.resolve("more.zip"), Zips.counting(PARAMETERS + 1), DENSE, OUTPUT);
        assertEquals(
                "The file has more parameters than its layers: file=" + more + ", parameters=18, of layers=17",
                refusal(more));
        Path fewer = Zips.chain(folder.resolve("fewer.zip"), Zips.counting(PARAMETERS - 1), DENSE, OUTPUT);
        assertTrue(
                refusal(fewer).endsWith("reason=the file has fewer parameters than its layers: parameters=16"),
                refusal(fewer));
        Path open = Zips.chain(folder.resolve("open.zip"), Zips.counting(9), DENSE);
        assertEquals("The network must end in a layer with a loss: file=" + open + ", last=DenseLayer", refusal(open));
    }

    @Test
    void aGraphThatIsNoChainIsRefused() throws IOException {
        String vertex = "{\"@class\": \"org.deeplearning4j.nn.conf.graph.LayerVertex\", \"layerConf\": {\"layer\": "
                + DENSE + "}}";
        String graph = "{\"networkInputs\": [\"in\"], \"networkOutputs\": [\"a\"], \"vertices\": {\"a\": " + vertex
                + ", \"b\": " + vertex + "}, \"vertexInputs\": {\"a\": [\"in\"], \"b\": [\"in\"]}}";
        assertEquals(
                "A graph must be a chain of layers to be converted: vertex=in, followers=[a, b]",
                refusal(Zips.write(folder.resolve("graph.zip"), graph, Zips.array(1))));
    }

    @Test
    void whatIsNoNetworkIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("net.txt"), "no zip");
        assertTrue(refusal(text).startsWith("The file is no network of Deeplearning4j"), refusal(text));
        Path gone = folder.resolve("gone.zip");
        assertTrue(refusal(gone).startsWith("Network cannot be read: file=" + gone), refusal(gone));
        Path broken = Zips.write(folder.resolve("broken.zip"), "{", Zips.array(1));
        assertTrue(refusal(broken).startsWith("configuration.json cannot be read: file=" + broken), refusal(broken));
        Path other = Zips.write(folder.resolve("other.zip"), "{}", Zips.array(1));
        assertEquals(
                "The configuration is neither a MultiLayerNetwork's nor a ComputationGraph's: file=" + other,
                refusal(other));
    }

    @Test
    void anArrayIsReadToItsEndAndNotBeyond() throws IOException {
        byte[] whole = Zips.array(1, 2, 3);
        assertArrayEquals(new float[] {1, 2, 3}, Nd4jArray.read(new ByteArrayInputStream(whole), "net.zip"));
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            DataException early =
                    assertThrows(DataException.class, () -> Nd4jArray.read(new ByteArrayInputStream(part), "net.zip"));
            assertEquals("The network's parameters end too early: file=net.zip", early.getMessage());
        }
    }

    @Test
    void arraysOfDoublesAndOldFilesAreRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("DIRECT");
        out.writeInt(8);
        out.writeUTF("INT");
        for (int number : new int[] {2, 1, 2, 1, 1, 0, 1, 99}) {
            out.writeInt(number);
        }
        out.writeUTF("DIRECT");
        out.writeInt(2);
        out.writeUTF("DOUBLE");
        out.writeDouble(0.5);
        out.writeDouble(-3);
        assertArrayEquals(
                new float[] {0.5f, -3}, Nd4jArray.read(new ByteArrayInputStream(bytes.toByteArray()), "net.zip"));
    }

    @Test
    void anArrayOfAnotherTypeOrSizeIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Zips.header(out, 8, "LONG");
        for (long number : new long[] {2, 1, 1, 1, 1, 0, 1, 99}) {
            out.writeLong(number);
        }
        Zips.header(out, 1, "BFLOAT16");
        out.writeShort(1);
        DataException type = assertThrows(
                DataException.class, () -> Nd4jArray.read(new ByteArrayInputStream(bytes.toByteArray()), "net.zip"));
        assertEquals(
                "The network's parameters must be FLOAT or DOUBLE: file=net.zip, type=BFLOAT16", type.getMessage());
    }
}
