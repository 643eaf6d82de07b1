package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.Optimization;
import dev.lockstep.optim.Adam;
import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.Optimizers;
import dev.lockstep.optim.SparseAdam;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every optimizer of the catalogue trains an embedding and what is behind it on two workers and three shards, and
 * arrives where one worker with one shard does. A new one joins by itself.
 */
@Tag("spark")
class EveryOptimizerTest {
    private static final double LR = 0.01;
    /** Sums of float32 in another order, over twelve steps; of values that are about 1. */
    private static final float TOLERANCE = 1e-4f;

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeData() throws IOException {
        Random random = new Random(8);
        StringBuilder text = new StringBuilder("a,b,label\n");
        for (int row = 0; row < 150; row++) {
            int a = random.nextInt(20);
            int b = random.nextInt(20);
            text.append(String.format(Locale.ROOT, "%d,%d,%d%n", a, b, a > b ? 1 : 0));
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
                    - embedding: {num_embeddings: 20, embedding_dim: 6}
                    - flatten
                    - linear: 8
                    - tanh
                    - linear: 2
                loss: cross_entropy
                optimizer: adam
                train: {epochs: 2, batch: 25, seed: 3}
                """);
    }

    @TestFactory
    List<DynamicTest> twoWorkersAndThreeShardsFollowOneOfEach() {
        List<DynamicTest> tests = Optimizers.byName().values().stream()
                .map(EveryOptimizerTest::plain)
                .map(optimizer -> dynamicTest(optimizer.getClass().getSimpleName(), () -> follows(optimizer)))
                .toList();
        assertFalse(tests.isEmpty());
        return tests;
    }

    private static Optimizer plain(Class<? extends Optimizer> type) {
        Constructor<?> shortest = Arrays.stream(type.getConstructors())
                .min(Comparator.comparingInt(Constructor::getParameterCount))
                .orElseThrow();
        Object[] required = new Object[shortest.getParameterCount()];
        Arrays.fill(required, LR);
        try {
            return type.cast(shortest.newInstance(required));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("Optimizer cannot be made: constructor=" + shortest, e);
        }
    }

    private static void follows(Optimizer optimizer) throws IOException {
        Jobs.Ran one = train(optimizer, 1, 1);
        Jobs.Ran many = train(optimizer, 2, 3);
        assertEquals(12, one.steps().size());
        assertTrue(one.losses()[11] != one.losses()[0], "it must have moved");
        assertArrayEquals(one.losses(), many.losses(), TOLERANCE);
        Map<String, float[]> expected = one.weights();
        many.weights().forEach((name, values) -> assertArrayEquals(expected.get(name), values, TOLERANCE, name));
    }

    private static Jobs.Ran train(Optimizer optimizer, int workers, int shards) {
        boolean sparse = optimizer instanceof SparseAdam;
        Job job = Jobs.read(
                folder.resolve("job.yaml"),
                folder.resolve(optimizer.getClass().getSimpleName() + "-" + workers),
                "train.workers=" + workers,
                "train.shards=" + shards,
                "model.layers[0].embedding.sparse=" + sparse,
                "optimizer={sgd: {lr: 0.01}}");
        Optimization optimization = new Optimization(sparse ? new Adam() : optimizer);
        return Jobs.run(
                LocalSpark.session(), job.optimizer(sparse ? optimization.group("0.weight", optimizer) : optimization));
    }
}
