package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedding whose gradient travels as rows, trained from the job file. */
@Tag("spark")
class SparseEmbeddingTrainingTest {
    private static final int ROWS = 200;

    @TempDir
    static Path folder;

    private static Map<String, float[]> straight;

    /** Of 200 rows the examples name the first 150. */
    @BeforeAll
    static void train() throws IOException {
        Random random = new Random(4);
        StringBuilder text = new StringBuilder("a,b,label\n");
        for (int row = 0; row < 300; row++) {
            int a = random.nextInt(150);
            int b = random.nextInt(150);
            text.append(String.format(Locale.ROOT, "%d,%d,%d%n", a, b, (a + b) % 3 == 0 ? 1 : 0));
        }

        Files.writeString(folder.resolve("train.csv"), text);
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data:
                  train: {path: train.csv, options: {header: true}}
                  features: [a, b]
                  label: label
                  shape: [2]
                model:
                  layers:
                    - embedding: {num_embeddings: 200, embedding_dim: 8, sparse: true}
                    - flatten
                    - linear: 2
                loss: cross_entropy
                optimizer:
                  adam: {lr: 0.01}
                  groups:
                    "0.weight": {sparse_adam: {lr: 0.05}}
                clip: {norm: 1.0}
                checkpoint: {every: 4 steps, keep: 100}
                train: {epochs: 3, batch: 32, workers: 2, shards: 3, seed: 5}
                """);
        straight = Jobs.run(LocalSpark.session(), job("straight")).weights();
    }

    private static Job job(String name, String... settings) {
        return Jobs.read(folder.resolve("job.yaml"), folder.resolve(name), settings);
    }

    @Test
    void workersAndShardsFollowOneOfEach() throws IOException {
        Jobs.Ran one = Jobs.run(LocalSpark.session(), job("one", "train.workers=1", "train.shards=1"));
        double[] losses = one.losses();
        assertTrue(losses[losses.length - 1] < 0.8 * losses[0], () -> "it must learn: " + Arrays.toString(losses));
        for (Map.Entry<String, float[]> tensor : one.weights().entrySet()) {
            assertArrayEquals(tensor.getValue(), straight.get(tensor.getKey()), 1e-4f, tensor.getKey());
        }
    }

    @Test
    void theNumberOfShardsChangesNoBit() throws IOException {
        Jobs.Ran one = Jobs.run(LocalSpark.session(), job("shard", "train.shards=1"));
        assertTrue(Jobs.sameBits(straight, one.weights()));
    }

    @Test
    void aResumedRunHasTheSameBits() throws IOException {
        Job job = job("stopped");
        Jobs.stopAfter(13, LocalSpark.session(), job);
        assertTrue(
                Jobs.sameBits(straight, Jobs.resume(LocalSpark.session(), job).weights()));
    }

    @Test
    void rowsThatNoExampleNamesStayAsTheyWere() throws IOException {
        float[] unmoved = Jobs.run(LocalSpark.session(), job("unmoved", "optimizer={sgd: {lr: 0}}"))
                .weights()
                .get("0.weight");
        float[] table = straight.get("0.weight");
        assertArrayEquals(tail(unmoved), tail(table));
        assertFalse(Arrays.equals(unmoved, table));
    }

    private static float[] tail(float[] table) {
        return Arrays.copyOfRange(table, 150 * 8, ROWS * 8);
    }

    /** Where an optimizer takes both, rows are only another way to travel. */
    @Test
    void sgdAndAdagradLearnTheSameFromRows() throws IOException {
        for (String optimizer : new String[] {"sgd: {lr: 0.5}", "adagrad: {lr: 0.1, lr_decay: 0.01}"}) {
            String setting = "optimizer={" + optimizer + "}";
            String name = optimizer.substring(0, 3);
            Map<String, float[]> rows =
                    Jobs.run(LocalSpark.session(), job(name + "-rows", setting)).weights();
            Map<String, float[]> whole = Jobs.run(
                            LocalSpark.session(),
                            job(name + "-whole", setting, "model.layers[0].embedding.sparse=false"))
                    .weights();
            whole.forEach((tensor, values) -> assertArrayEquals(values, rows.get(tensor), 1e-5f, name + " " + tensor));
        }
    }

    @Test
    void anOptimizerThatCannotTakeTheGradientIsRefusedWithItsLine() {
        assertRefused(
                "Adam does not support sparse gradients, consider SparseAdam: parameter=0.weight",
                "optimizer={adam: {lr: 0.01}}");
        assertRefused(
                "job.yaml:12: optimizer does not fit the network: SparseAdam does not support dense gradients, consider"
                        + " Adam: parameter=0.weight",
                "model.layers[0].embedding.sparse=false");
        assertRefused(
                "SparseAdam does not support dense gradients, consider Adam: parameter=2.weight.",
                "optimizer={sparse_adam: {lr: 0.01}}");
        assertRefused(
                "SGD takes sparse gradients without momentum and weight decay, which move every row: momentum=0.9,"
                        + " weightDecay=0.0",
                "optimizer={sgd: {lr: 0.01, momentum: 0.9}}");
        assertRefused(
                "Regularization moves every row of a sparse parameter; its pattern must leave it out:"
                        + " parameter=0.weight, pattern=*",
                "regularization={l2: 0.1}");
    }

    private static void assertRefused(String text, String setting) {
        String message = assertThrows(JobFileException.class, () -> job("refused", setting))
                .getMessage();
        assertTrue(message.contains(text), message);
    }

    @Test
    void aGroupMayHaveAnotherOptimizer() {
        assertEquals(
                "[SparseAdam, Adam]",
                job("groups").optimizer().all().stream()
                        .map(group -> group.optimizer().getClass().getSimpleName())
                        .toList()
                        .toString());
    }
}
