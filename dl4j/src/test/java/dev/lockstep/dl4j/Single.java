package dev.lockstep.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Trains a network through Lockstep, and beside it one that {@code fit} trains on the same global batches. */
final class Single {
    /** Sizes of the data sets of an RDD: none of them is a batch's. */
    private static final int[] SIZES = {3, 5, 1, 7, 4};

    private Single() {}

    /** Through one and through two workers, which must both follow. Returns what two have trained. */
    static MultiLayerNetwork follow(
            JavaSparkContext spark, MultiLayerConfiguration conf, DataSet data, int batch, int epochs) {
        MultiLayerNetwork expected = new MultiLayerNetwork(conf.clone());
        expected.init();
        for (int epoch = 0; epoch < epochs; epoch++) {
            Data.cut(data, batch).forEach(expected::fit);
            expected.incrementEpochCount();
        }

        MultiLayerNetwork actual = null;
        for (int workers : List.of(1, 2)) {
            LockstepTrainingMaster master = new LockstepTrainingMaster.Builder(batch / workers)
                    .workers(workers)
                    .build();
            SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, conf.clone(), master);
            var rdd = spark.parallelize(Data.cut(data, SIZES), 3);
            for (int epoch = 0; epoch < epochs; epoch++) {
                actual = network.fit(rdd);
            }
            master.deleteTempFiles(spark);
            String who = workers + " workers";
            Rounding.assertSame(who + ", parameters", expected.params(), actual.params());
            if (workers == 1 && spark.isLocal()) {
                Rounding.assertSameBits("in one process", expected.params(), actual.params());
            }
            assertState(
                    who,
                    expected.getUpdater().getStateViewArray(),
                    actual.getUpdater().getStateViewArray());
            assertEquals(expected.getIterationCount(), actual.getIterationCount(), who);
            assertEquals(expected.getEpochCount(), actual.getEpochCount(), who);
            assertEquals(expected.score(), actual.score(), 1e-5 * Math.abs(expected.score()), who);
            assertEquals(actual.score(), network.getScore(), who);
        }
        return actual;
    }

    static ComputationGraph follow(
            JavaSparkContext spark, ComputationGraphConfiguration conf, MultiDataSet data, int batch, int epochs) {
        ComputationGraph expected = new ComputationGraph(conf.clone());
        expected.init();
        for (int epoch = 0; epoch < epochs; epoch++) {
            Data.cut(data, batch).forEach(expected::fit);
            expected.incrementEpochCount();
        }

        ComputationGraph actual = null;
        for (int workers : List.of(1, 2)) {
            LockstepTrainingMaster master = new LockstepTrainingMaster.Builder(batch / workers)
                    .workers(workers)
                    .build();
            SparkComputationGraph network = new SparkComputationGraph(spark, conf.clone(), master);
            var rdd = spark.parallelize(Data.cut(data, SIZES), 3);
            for (int epoch = 0; epoch < epochs; epoch++) {
                actual = network.fitMultiDataSet(rdd);
            }
            master.deleteTempFiles(spark);
            String who = workers + " workers";
            Rounding.assertSame(who + ", parameters", expected.params(), actual.params());
            assertState(
                    who,
                    expected.getUpdater().getStateViewArray(),
                    actual.getUpdater().getStateViewArray());
            assertEquals(expected.getIterationCount(), actual.getIterationCount(), who);
            assertEquals(expected.score(), actual.score(), 1e-5 * Math.abs(expected.score()), who);
        }
        return actual;
    }

    private static void assertState(String who, INDArray expected, INDArray actual) {
        assertEquals(expected == null, actual == null, who);
        if (expected != null) {
            Rounding.assertSame(who + ", updater state", expected, actual);
        }
    }
}
