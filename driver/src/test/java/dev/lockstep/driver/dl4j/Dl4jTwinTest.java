package dev.lockstep.driver.dl4j;

import static dev.lockstep.driver.dl4j.Zips.DENSE;
import static dev.lockstep.driver.dl4j.Zips.OUTPUT;
import static dev.lockstep.driver.dl4j.Zips.PARAMETERS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.DataException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where parameters lie, and what is refused; that gradients are the same is tested beside Deeplearning4j itself. */
class Dl4jTwinTest {
    private static String refusal(int parameters, List<Integer> example, String... layers) {
        return assertThrows(DataException.class, () -> Dl4jTwin.of(Zips.configuration(layers), parameters, example))
                .getMessage();
    }

    @Test
    void everyParameterHasItsPlaceAndTheLastActivationIsNotIn() {
        Dl4jTwin twin = Dl4jTwin.of(Zips.configuration(DENSE, OUTPUT), PARAMETERS, List.of(2));

        assertEquals(Map.of("0.weight", 0, "0.bias", 6, "2.weight", 9, "2.bias", 15), twin.starts());
        assertEquals(
                List.of("0.weight", "0.bias", "2.weight", "2.bias"),
                twin.network().parameters().stream()
                        .map(each -> each.parameter().name())
                        .toList());
        assertEquals(List.of(2), twin.network().outputShape());
    }

    @Test
    void whatIsStoredOtherwiseIsRefused() {
        String embedding =
                """
                {"@class": "org.deeplearning4j.nn.conf.layers.EmbeddingLayer", "nin": 5, "nout": 3,
                 "activationFn": {"@class": "org.nd4j.linalg.activations.impl.ActivationIdentity"}}""";
        assertEquals(
                "Layer cannot be converted: layer=0, kind=EmbeddingLayer,"
                        + " reason=its parameters are stored otherwise here",
                refusal(15 + 8, List.of(1), embedding, OUTPUT));
    }

    @Test
    void anotherEndThanOfRowsIsRefused() {
        assertEquals(
                "Layer cannot be converted: layer=hidden, kind=DenseLayer,"
                        + " reason=a network of rows or images ends in an OutputLayer or a LossLayer",
                refusal(9, List.of(2), DENSE));
    }

    @Test
    void parametersOfNoLayerAreRefused() {
        assertEquals(
                "The file has more parameters than its layers: file=in memory, parameters=18, of layers=17",
                refusal(PARAMETERS + 1, List.of(2), DENSE, OUTPUT));
    }
}
