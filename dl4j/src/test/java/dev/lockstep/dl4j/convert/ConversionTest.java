package dev.lockstep.dl4j.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.driver.dl4j.Dl4jConversion;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Tensor;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.Inference;
import dev.lockstep.worker.ReplicaSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What Deeplearning4j saved gives the same in libtorch. */
class ConversionTest {
    private static final int ROWS = 4;
    private static final double TOLERANCE = 1e-5;

    @TempDir
    Path folder;

    static Stream<String> names() {
        return Networks.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void outputsAreTheSame(String name) throws IOException {
        Networks.Sample sample = Networks.all().get(name);
        File file = folder.resolve("net.zip").toFile();
        ModelSerializer.writeModel(sample.model(), file, /* saveUpdater */ true);
        TrainedModel converted = Dl4jConversion.of(file.toPath(), sample.shape(), List.of("label"))
                .model();
        org.apache.hadoop.fs.Path model =
                new org.apache.hadoop.fs.Path(folder.resolve("model").toString());
        new ModelFolder(model, new Configuration()).write(converted);

        float[] numbers = numbers(sample);
        INDArray expected = output(sample, numbers);
        Tensor actual = predict(new ModelFolder(model, new Configuration()).read(), ours(sample, numbers));
        assertEquals(expected.length(), actual.size());
        assertArrayEquals(
                expected.dup('c').data().asDouble(),
                activated(actual, converted.file().loss()).dup('c').data().asDouble(),
                TOLERANCE * Math.max(1, expected.amaxNumber().doubleValue()));
    }

    static float[] numbers(Networks.Sample sample) {
        Random random = new Random(1);
        float[] numbers = new float[ROWS * sample.input().stream().reduce(1, Math::multiplyExact)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = sample.indices() > 0 ? random.nextInt(sample.indices()) : (float) random.nextGaussian();
        }
        return numbers;
    }

    static INDArray output(Networks.Sample sample, float[] numbers) {
        long[] shape = Stream.concat(Stream.of(ROWS), sample.input().stream())
                .mapToLong(Integer::longValue)
                .toArray();
        INDArray input = Nd4j.create(numbers, shape, 'c');
        Model model = sample.model();
        INDArray output = model instanceof ComputationGraph graph
                ? graph.output(input)[0]
                : ((MultiLayerNetwork) model).output(input);
        // Steps of a sequence are first here.
        return output.rank() == 3 ? output.permute(0, 2, 1) : output;
    }

    /** The same examples, with the steps of sequences first. */
    static float[] ours(Networks.Sample sample, float[] numbers) {
        if (sample.input().size() != 2) {
            return numbers;
        }
        INDArray theirs = Nd4j.create(
                numbers, new long[] {ROWS, sample.input().get(0), sample.input().get(1)}, 'c');
        return theirs.permute(0, 2, 1).dup('c').data().asFloat();
    }

    private static Tensor predict(TrainedModel model, float[] numbers) {
        Weights weights = model.members().get(0);
        try (Inference inference =
                model.network().inference(weights.values(), weights.buffers(), new ReplicaSettings())) {
            return inference.predict(new Examples(ROWS, new float[][] {numbers}, new float[0]));
        }
    }

    /** With what the loss has in it. */
    private static INDArray activated(Tensor predictions, Loss loss) {
        INDArray array = Nd4j.create(predictions.data(), new long[] {ROWS, predictions.size() / ROWS}, 'c');
        if (loss instanceof CrossEntropy) {
            return Transforms.softmax(array);
        }
        return loss instanceof BceWithLogits ? Transforms.sigmoid(array) : array;
    }
}
