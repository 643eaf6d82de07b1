package dev.lockstep.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.TrainingException;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What is wrong with data, networks or a cluster is said as the trainer says it, and leaves the network alone. */
@Tag("spark")
class FaultsTest extends OnLocalSpark {
    private static <T extends LockstepException> String refused(
            Class<T> type, MultiLayerConfiguration conf, int workers, List<DataSet> data) {
        LockstepTrainingMaster master =
                new LockstepTrainingMaster.Builder(4).workers(workers).build();
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, conf, master);
        var before = network.getNetwork().params().dup();

        T thrown = assertThrows(type, () -> network.fit(spark.parallelize(data, 2)));

        Rounding.assertSameBits("untouched", before, network.getNetwork().params());
        master.deleteTempFiles(spark);
        return thrown.getMessage();
    }

    private static <T extends LockstepException> String refused(Class<T> type, List<DataSet> data) {
        return refused(type, LockstepTrainingMasterTest.network(), 2, data);
    }

    private static void assertStarts(String start, String message) {
        assertTrue(message.startsWith(start), message);
    }

    @Test
    void aValueThatIsNoNumber() {
        List<DataSet> data = Data.cut(Data.table(38, 6, 3), 5);
        data.get(6).getFeatures().putScalar(2, 1, Float.NaN);

        assertEquals(
                "Value must be finite: partition=1, data set=2, array=features 0, example=2, value=NaN",
                refused(DataException.class, data));
    }

    @Test
    void aDoubleThatIsTooLargeForTheNetwork() {
        List<DataSet> data = Data.cut(Data.table(38, 6, 3), 5);
        DataSet odd = data.get(1);
        odd.setFeatures(odd.getFeatures().castTo(DataType.DOUBLE));
        odd.getFeatures().putScalar(4, 0, 1e300);

        assertEquals(
                "Value must be finite: partition=0, data set=1, array=features 0, example=4, value=Infinity",
                refused(DataException.class, data));
    }

    @Test
    void noLabels() {
        List<DataSet> data = Data.cut(Data.table(38, 6, 3), 5);
        data.get(5).setLabels(null);

        assertEquals(
                "A data set must have labels: partition=1, data set=1, labels=null. Give each output one.",
                refused(DataException.class, data));
    }

    @Test
    void featuresOfAnotherWidth() {
        String message = refused(DataException.class, Data.cut(Data.table(38, 5, 3), 5));

        assertStarts("Examples do not suit the network or the loss: step=1, worker=", message);
        assertTrue(message.contains("5"), message);
    }

    @Test
    void labelsOfAnotherWidth() {
        assertStarts(
                "Examples do not suit the network or the loss: step=1, worker=",
                refused(DataException.class, Data.cut(Data.table(38, 6, 4), 5)));
    }

    @Test
    void noExamples() {
        assertStarts("There are no training examples: examples=0", refused(DataException.class, List.of()));
    }

    @Test
    void aLossThatIsNotFinite() {
        MultiLayerConfiguration conf = new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Sgd(1e30))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(6)
                        .nOut(8)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(8)
                        .nOut(3)
                        .activation(Activation.IDENTITY)
                        .build())
                .build();

        String message = refused(TrainingException.class, conf, 2, Data.cut(Data.table(38, 6, 3), 5));

        assertTrue(message.matches("(Loss|Gradient) is not finite: step=[23], .*"), message);
    }

    @Test
    void moreWorkersThanSlots() {
        assertStarts(
                "Too few slots for all workers to run at once: train.workers=3, slots=2",
                refused(
                        ClusterException.class,
                        LockstepTrainingMasterTest.network(),
                        3,
                        Data.cut(Data.table(38, 6, 3), 5)));
    }

    @Test
    void aNetworkOfDoubles() {
        MultiLayerConfiguration conf = LockstepTrainingMasterTest.network();
        conf.setDataType(DataType.DOUBLE);

        assertEquals(
                "Network must be of float32: dataType=DOUBLE. Set dataType(DataType.FLOAT) in its configuration.",
                refused(JobFileException.class, conf, 2, Data.cut(Data.table(38, 6, 3), 5)));
    }

    @Test
    void arraysOfDifferentLengths() {
        DataSet uneven = new DataSet(Nd4j.zeros(DataType.FLOAT, 3, 6), Nd4j.zeros(DataType.FLOAT, 2, 3));

        assertEquals(
                "Arrays of a data set must have the same number of examples: partition=1, data set=0,"
                        + " array=labels 0, examples=2, features=3",
                refused(DataException.class, List.of(uneven)));
    }
}
