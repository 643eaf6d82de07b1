package dev.lockstep.driver.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.Inference;
import dev.lockstep.worker.ReplicaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Converted files against outputs that Deeplearning4j computed; FixturesTest in dl4j made both. */
class Dl4jGoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/dl4j");
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @ValueSource(strings = {"batch-norm-of-images", "LSTM-last-step"})
    void outputsAreDeeplearning4js(String name) throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode golden = json.readTree(FOLDER.resolve(name + ".json").toFile());
        float[] input = json.convertValue(golden.get("input"), float[].class);
        List<Integer> shape = Arrays.stream(json.convertValue(golden.get("shape"), int[].class))
                .boxed()
                .toList();
        TrainedModel model = Dl4jConversion.of(FOLDER.resolve(name + ".zip"), shape, List.of())
                .model();

        Weights weights = model.members().get(0);
        int rows = input.length / shape.stream().reduce(1, Math::multiplyExact);
        try (Inference inference =
                model.network().inference(weights.values(), weights.buffers(), new ReplicaSettings())) {
            double[] logits = inference
                    .predict(new Examples(rows, new float[][] {input}, new float[0]))
                    .data();
            assertArrayEquals(
                    json.convertValue(golden.get("output"), double[].class), softmax(logits, rows), TOLERANCE);
        }
    }

    private static double[] softmax(double[] logits, int rows) {
        double[] result = new double[logits.length];
        int columns = logits.length / rows;
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                result[i] = Math.exp(logits[i]);
                sum += result[i];
            }
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                result[i] /= sum;
            }
        }
        return result;
    }
}
