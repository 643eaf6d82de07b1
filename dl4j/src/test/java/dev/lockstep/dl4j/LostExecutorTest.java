package dev.lockstep.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** An executor that ends in the middle of a fit costs the fit's time, and not one bit of its result. */
@Tag("spark")
class LostExecutorTest {
    @TempDir
    private Path folder;

    /** Ends the process of the first worker that comes to the fourth step, once. */
    private record Ending(String marker) implements TrainingHook {
        @Override
        public void preUpdate(org.nd4j.linalg.dataset.api.DataSet minibatch, Model model) {
            if (((MultiLayerNetwork) model).getIterationCount() != 3) {
                return;
            }
            try {
                Files.createFile(Path.of(marker));
                Runtime.getRuntime().halt(7);
            } catch (FileAlreadyExistsException e) {
                // It has ended before.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void postUpdate(org.nd4j.linalg.dataset.api.DataSet minibatch, Model model) {}

        @Override
        public void preUpdate(MultiDataSet minibatch, Model model) {}

        @Override
        public void postUpdate(MultiDataSet minibatch, Model model) {}
    }

    @Test
    void givesTheSameBits() {
        Path marker = folder.resolve("ended");
        try (JavaSparkContext spark = Sessions.cluster()) {
            JavaRDD<DataSet> examples = spark.parallelize(Data.cut(Data.table(38, 6, 3), 5), 3);
            LockstepTrainingMaster disturbed = new LockstepTrainingMaster.Builder(4)
                    .workers(2)
                    .trainingHooks(new Ending(marker.toString()))
                    .build();
            LockstepTrainingMaster undisturbed =
                    new LockstepTrainingMaster.Builder(4).workers(2).build();

            MultiLayerNetwork first =
                    new SparkDl4jMultiLayer(spark, LockstepTrainingMasterTest.network(), disturbed).fit(examples);
            MultiLayerNetwork second =
                    new SparkDl4jMultiLayer(spark, LockstepTrainingMasterTest.network(), undisturbed).fit(examples);

            assertTrue(Files.exists(marker));
            Rounding.assertSameBits("after a loss", second.params(), first.params());
            assertEquals(5, first.getIterationCount());
        }
    }
}
