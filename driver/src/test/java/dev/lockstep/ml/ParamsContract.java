package dev.lockstep.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;

/** What MLlib's own ParamsSuite asks of every stage, written anew. */
final class ParamsContract {
    private ParamsContract() {}

    static void require(Params stage) {
        Set<String> names = new HashSet<>();
        for (Param<?> param : stage.params()) {
            assertEquals(stage.uid(), param.parent(), param::name);
            assertTrue(names.add(param.name()), () -> "a name of two: " + param.name());
            assertTrue(!param.doc().isEmpty(), param::name);
            assertEquals(param, stage.getParam(param.name()));
        }
        // Spark finds them by name and by method.
        assertTrue(names.containsAll(Set.of("featuresCol", "labelCol", "predictionCol")), () -> "params=" + names);
        assertTrue(stage.explainParams().lines().count() >= names.size(), stage::explainParams);

        Params copy = stage.copy(ParamMap.empty());
        assertNotSame(stage, copy);
        assertEquals(stage.uid(), copy.uid());
        assertEquals(stage.getClass(), copy.getClass());
        assertEquals(Arrays.asList(stage.params()), Arrays.asList(copy.params()));
        assertEquals(stage.explainParams(), copy.explainParams());
    }
}
