package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law 1 for batch norm with {@code sync: true}: N workers normalise as one does, also where some have no examples. */
@Tag("spark")
class SyncBatchNormWorkersTest {
    /** Sums of float32 in another order, through two normalisations. */
    private static final float TOLERANCE = 1e-5f;

    private static final int EXAMPLES = 49;

    @TempDir
    static Path folder;

    /** With a batch of 16 the last one has one example. */
    @BeforeAll
    static void writeData() throws IOException {
        Random random = new Random(17);
        StringBuilder text = new StringBuilder(
                IntStream.range(0, 16).mapToObj(i -> "x" + i).collect(Collectors.joining(",")) + ",label\n");
        for (int row = 0; row < EXAMPLES; row++) {
            int label = random.nextInt(2);
            for (int i = 0; i < 16; i++) {
                text.append(String.format(Locale.ROOT, "%f,", 5 + random.nextGaussian() * (label == 0 ? 1 : 2)));
            }
            text.append(String.format(Locale.ROOT, "%d%n", label));
        }
        Files.writeString(folder.resolve("data.csv"), text);
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data:
                  train: {path: data.csv, format: csv, options: {header: true}}
                  features: "x0..x15"
                  label: label
                  shape: [1, 4, 4]
                model:
                  layers:
                    - conv2d: {out: 4, kernel: 3, padding: 1}
                    - batch_norm2d: {sync: true}
                    - relu
                    - residual:
                        layers: [conv2d: {out: 4, kernel: 3, padding: 1}, batch_norm2d: {sync: true}]
                    - max_pool2d: 2
                    - flatten
                    - linear: 2
                loss: cross_entropy
                optimizer: {sgd: {lr: 0.05, momentum: 0.9}}
                train: {epochs: 2, batch: 16, seed: 5}
                """);
    }

    @Test
    void anyNumberOfWorkersFollowsOne() throws IOException {
        Jobs.Ran one = train("one", "train.workers=1");
        assertEquals(8, one.steps().size(), "4 batches an epoch, the last of one example");
        assertSame(one, train("two", "train.workers=2"));
        assertSame(one, train("three", "train.workers=3", "train.shards=2"));
        assertTrue(one.weights().containsKey("3.1.running_var"));
        assertArrayEquals(new float[] {8}, one.weights().get("1.num_batches_tracked"));
    }

    @Test
    void aBatchMayHaveFewerExamplesThanThereAreWorkers() throws IOException {
        assertSame(
                train("one-of-2", "train.batch=2", "train.workers=1"),
                train("three-of-2", "train.batch=2", "train.workers=3"));
    }

    @Test
    void oneWorkerAloneNeedsNoSync() throws IOException {
        String[] local = {
            "model.layers[1]=batch_norm2d",
            "model.layers[3].residual.layers=[conv2d: {out: 4, kernel: 3, padding: 1}, batch_norm2d]"
        };
        assertSame(train("sync", "train.workers=1"), train("local", local));
        assertFalse(
                isClose(
                        train("local-one", local).weights(),
                        train("local-two", local[0], local[1], "train.workers=2")
                                .weights()),
                "without it two workers normalise otherwise than one");
    }

    @Test
    void theSameJobHasTheSameBits() throws IOException {
        Map<String, float[]> first = train("first", "train.workers=3").weights();
        assertTrue(Jobs.sameBits(first, train("second", "train.workers=3").weights()));
    }

    private static Jobs.Ran train(String name, String... settings) {
        return Jobs.run(LocalSpark.session(), Jobs.read(folder.resolve("job.yaml"), folder.resolve(name), settings));
    }

    private static void assertSame(Jobs.Ran one, Jobs.Ran many) throws IOException {
        assertArrayEquals(one.losses(), many.losses(), TOLERANCE);
        Map<String, float[]> expected = one.weights();
        Map<String, float[]> actual = many.weights();
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((name, values) ->
                assertArrayEquals(values, actual.get(name), TOLERANCE * Math.max(1, largest(values)), name));
    }

    private static boolean isClose(Map<String, float[]> one, Map<String, float[]> other) {
        return one.keySet().stream().allMatch(name -> {
            float[] values = one.get(name);
            return IntStream.range(0, values.length)
                    .allMatch(
                            i -> Math.abs(values[i] - other.get(name)[i]) <= TOLERANCE * Math.max(1, largest(values)));
        });
    }

    private static float largest(float[] values) {
        return (float) IntStream.range(0, values.length)
                .mapToDouble(i -> Math.abs(values[i]))
                .max()
                .orElse(0);
    }
}
