package dev.lockstep.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** MLlib's own estimators in a process that has loaded libtorch, whose BLAS has the name of the machine's. */
@Tag("spark")
class MlLibBesideTest {
    private final Dataset<Row> clouds = Tables.clouds(90).cache();

    @Test
    void learnsAsItDoesAlone() {
        new LockstepClassifier().setEpochs(1).fit(clouds);

        assertTrue(accuracy(new LogisticRegression().fit(clouds).transform(clouds)) > 0.95);
        MultilayerPerceptronClassifier network = new MultilayerPerceptronClassifier()
                .setLayers(new int[] {2, 8, 3})
                .setSeed(1);
        assertTrue(accuracy(network.fit(clouds).transform(clouds)) > 0.95);
    }

    /** Who has named a library is left to it. */
    @Test
    void isToldToComputeInJava() {
        new LockstepClassifier().setEpochs(1).fit(clouds);

        assertEquals("none-beside-libtorch", System.getProperty("dev.ludovic.netlib.blas.nativeLib"));
    }

    private static double accuracy(Dataset<Row> predicted) {
        return new MulticlassClassificationEvaluator().setMetricName("accuracy").evaluate(predicted);
    }
}
