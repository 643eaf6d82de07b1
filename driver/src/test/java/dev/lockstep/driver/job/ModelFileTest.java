package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.encoding.ClassNames;
import dev.lockstep.driver.data.encoding.Encoding;
import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.data.encoding.Vocabulary;
import dev.lockstep.driver.data.preprocess.Chain;
import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.driver.data.preprocess.Scaling;
import dev.lockstep.driver.metric.Accuracy;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.Relu;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelFileTest {
    private static final double[] SHIFT = {0.1, -1e-300, 1.0 / 3};
    private static final double[] SCALE = {1, 2e17, 3};

    private static ModelFile model(Preprocess preprocess) {
        ModelFile plain = new ModelFile(
                Model.layers(new Linear(4), new Relu(), new Linear(3, false)),
                List.of(3),
                Features.of("a", "x0..x1"),
                List.of("label"),
                preprocess,
                new CrossEntropy(),
                List.of(new Accuracy()),
                3);
        return plain.reading(new Reading("csv", Map.of("sep", ";")))
                .encoding(new Encoding(
                        new ClassNames(List.of("setosa", "no", "1e3")),
                        new Missing.Constant(0),
                        List.of(new Vocabulary(
                                "city", 3, true, List.of("San José", "null", "~", "1.50", "a: \"b\"\n")))));
    }

    @Test
    void parseUndoesText() {
        ModelFile model = model(new Chain(List.of()));
        assertEquals(model.text(), ModelFile.parse("model.yaml", model.text()).text());
        assertEquals(model.model(), ModelFile.parse("model.yaml", model.text()).model());
        assertEquals(
                model.encoding(), ModelFile.parse("model.yaml", model.text()).encoding());
        assertEquals(
                model.reading(), ModelFile.parse("model.yaml", model.text()).reading());
    }

    @Test
    void anEarlierModelReadsWhatItIsGiven() {
        String text = model(new Chain(List.of())).text();
        ModelFile earlier = ModelFile.parse("model.yaml", text.replaceAll("(?s)reading:.*", ""));
        assertEquals(new Source("a.csv"), earlier.read(new Source("a.csv")));
    }

    /** Models of version 0.1.0 have the names of image folders so. */
    @Test
    void anEarlierModelsClassNamesAreRead() {
        String text = model(new Chain(List.of())).text();
        String earlier =
                text.replaceAll("(?s)encoding:.*?\\nmembers", "class_names: [setosa, \"no\", \"1e3\"]\nmembers");
        assertEquals(
                Encoding.NONE.classes(new ClassNames(List.of("setosa", "no", "1e3"))),
                ModelFile.parse("model.yaml", earlier).encoding());
    }

    @Test
    void statisticsKeepEveryBit() {
        ModelFile model = model(new Chain(List.of(new Scaling(SHIFT, SCALE))));
        Chain read = (Chain) ModelFile.parse("model.yaml", model.text()).preprocess();
        Scaling scaling = (Scaling) read.steps().get(0);
        assertArrayEquals(SHIFT, scaling.shift());
        assertArrayEquals(SCALE, scaling.scale());
    }

    static Stream<Model> savedNetworks() {
        return Stream.of(Model.torchscript("network.pt"), Model.dl4j("network.zip"));
    }

    @ParameterizedTest
    @MethodSource("savedNetworks")
    void aSavedNetworkIsNamedByItsFile(Model saved) {
        ModelFile model = new ModelFile(
                saved, List.of(3), Features.ALL, List.of(), new Chain(List.of()), new CrossEntropy(), List.of(), 0);
        assertEquals(model.model(), ModelFile.parse("model.yaml", model.text()).model());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format: 1   | format: 2    | model.yaml:1: format must be 1, others belong to another version: format=2",
                "format: 1   | formet: 1    | model.yaml:1: format is missing",
                "[3]         | [65536, 65536, 65536] | model.yaml:3: shape must be of at most 2147483647 values: shape=[65536, 65536, 65536]",
                "classes: 3  | classes: x   | model.yaml:10: classes must be a whole number: classes=x",
                "chain:      | chian:       | model.yaml:7: preprocess: Preprocessing is stored in a wrong form: keys=[chian]",
            })
    void whatIsDamagedIsReported(String before, String after, String message) {
        String text = model(new Chain(List.of())).text();
        String damaged = text.replace(before, after);
        JobFileException thrown =
                assertThrows(JobFileException.class, () -> ModelFile.parse("model.yaml", damaged), damaged);
        assertEquals(message, thrown.getMessage());
    }
}
