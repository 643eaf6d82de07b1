package dev.lockstep.dl4j.saved;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.dl4j.Dl4jConversion;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.model.Evaluation;
import dev.lockstep.driver.model.ModelFolder;
import dev.lockstep.driver.model.Networks;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.train.Trainer;
import dev.lockstep.ml.LockstepClassificationModel;
import dev.lockstep.ml.LockstepClassifier;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A job file that trains a network of Deeplearning4j, against the same network in libtorch. */
@Tag("spark")
class SavedJobTest {
    private static final String JOB =
            """
            data:
              train: {path: data.csv, options: {header: true}}
              features: x0..x3
              label: y
            loss: cross_entropy
            optimizer: {adam: {lr: 0.02}}
            train: {epochs: 3, batch: 10, workers: 2, seed: 4}
            """;

    private static SparkSession spark;

    @TempDir
    Path folder;

    private static final class Silent implements RunListener {
        @Override
        public void started(Start start) {}

        @Override
        public void step(Step step) {}

        @Override
        public void epoch(Epoch epoch) {}

        @Override
        public void ended(End end) {}
    }

    @BeforeAll
    static void openSession() {
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", false)
                .getOrCreate();
    }

    @AfterAll
    static void closeSession() {
        spark.stop();
    }

    @BeforeEach
    void write() throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new DenseLayer.Builder()
                        .nOut(8)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(2)
                        .build())
                .setInputType(InputType.feedForward(4))
                .build());
        network.init();
        ModelSerializer.writeModel(network, file(), /* saveUpdater */ false);
        Random random = new Random(2);
        StringBuilder rows = new StringBuilder("x0,x1,x2,x3,y\n");
        for (int i = 0; i < 53; i++) {
            double x = random.nextGaussian();
            rows.append(x + "," + random.nextGaussian() + "," + random.nextGaussian() + ",1," + (x > 0 ? 1 : 0) + "\n");
        }
        Files.writeString(folder.resolve("data.csv"), rows);
    }

    private File file() {
        return folder.resolve("net.zip").toFile();
    }

    private TrainedModel trained(String name, String model, String... settings) throws IOException {
        Path file = folder.resolve(name + ".yaml");
        Files.writeString(file, JOB + "model: " + model + "\noutput: " + folder.resolve(name) + "\n");
        Job job = JobFile.read(file, List.of(settings));
        return new Trainer(spark, job, new Silent()).run().model();
    }

    @Test
    void theSameNetworkLearnsTheSameInBothLibraries() throws IOException {
        TrainedModel converted =
                Dl4jConversion.of(file().toPath(), List.of(), List.of("y")).model();
        Path start = folder.resolve("start");
        new ModelFolder(new org.apache.hadoop.fs.Path(start.toString()), new Configuration()).write(converted);
        TrainedModel torch = trained(
                "torch",
                "{layers: [linear: 8, tanh, linear: 2], weights: " + start.resolve("weights.safetensors") + "}");
        TrainedModel dl4j = trained("dl4j", "{dl4j: net.zip}");
        float[] expected = torch.members().get(0).values();
        assertArrayEquals(expected, dl4j.members().get(0).values(), 1e-4f);
        assertArrayEquals(
                dl4j.members().get(0).values(),
                trained("alone", "{dl4j: net.zip}", "train.workers=1")
                        .members()
                        .get(0)
                        .values(),
                1e-5f);
    }

    @Test
    void aTrainedModelIsReadPredictsAndGoesBack() throws IOException {
        TrainedModel trained = trained("dl4j", "{dl4j: net.zip}");
        org.apache.hadoop.fs.Path model =
                new org.apache.hadoop.fs.Path(folder.resolve("dl4j/model").toString());
        TrainedModel read = new ModelFolder(model, new Configuration()).read();
        Weights weights = read.members().get(0);
        assertArrayEquals(trained.members().get(0).values(), weights.values());

        byte[] back = Networks.saved(read.file().model(), weights, new Configuration());
        MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(back));
        INDArray output = restored.output(Nd4j.createFromArray(new float[][] {{2, 0, 0, 1}, {-2, 0, 0, 1}}));
        assertEquals(1, output.getDouble(0, 1), 0.4, "what is above 0 is of class 1");
        assertEquals(1, output.getDouble(1, 0), 0.4);
        assertArrayEquals(weights.values(), restored.params().dup('c').data().asFloat());
    }

    @Test
    void isEvaluatedAsItWasValidated() throws IOException {
        TrainedModel trained =
                trained("validated", "{dl4j: net.zip}", "metrics=accuracy", "data.validation={path: data.csv}");
        Source data = new Source(folder.resolve("data.csv").toString()).option("header", "true");
        Map<String, Double> figures =
                new Evaluation(spark, trained).measure(data).figures();
        assertTrue(figures.get("accuracy") > 0.9, figures.toString());
    }

    @Test
    void anEstimatorTrainsItToo() {
        Dataset<Row> rows = spark.read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(folder.resolve("data.csv").toString());
        LockstepClassificationModel model = new LockstepClassifier()
                .setJob(
                        """
                        data: {features: [x0, x1, x2, x3]}
                        model: {dl4j: %s}
                        optimizer: {adam: {lr: 0.05}}
                        train: {epochs: 10, batch: 10}
                        """
                                .formatted(file()))
                .setLabelCol("y")
                .fit(rows);
        long right = model.transform(rows).filter("prediction = y").count();
        assertTrue(right > 45, "right=" + right + " of 53");
    }
}
