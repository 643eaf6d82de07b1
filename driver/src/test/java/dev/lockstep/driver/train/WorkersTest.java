package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.driver.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Law 1: N workers compute what one would, whatever the batch, the partitions and the last, smaller batch. */
@Tag("spark")
class WorkersTest {
    /** Sums of float32 in another order. */
    private static final float TOLERANCE = 1e-5f;

    @TempDir
    static Path folder;

    /** 1,001 examples in seven files, two of them without any. */
    @BeforeAll
    static void writeData() throws IOException {
        Random random = new Random(11);
        Path data = Files.createDirectory(folder.resolve("data"));
        int[] rows = {200, 0, 300, 1, 250, 0, 250};
        for (int file = 0; file < rows.length; file++) {
            StringBuilder text = new StringBuilder("a,b,c,label\n");
            for (int row = 0; row < rows[file]; row++) {
                double a = random.nextGaussian();
                double b = random.nextGaussian();
                double c = random.nextGaussian();
                text.append(String.format(Locale.ROOT, "%f,%f,%f,%d%n", a, b, c, a * b > c ? 1 : 0));
            }
            Files.writeString(data.resolve("part-" + file + ".csv"), text);
        }
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data:
                  train: {path: data, format: csv, options: {header: true}}
                  features: [a, b, c]
                  label: label
                model:
                  layers: [linear: 16, tanh, linear: 16, relu, linear: 2]
                loss: cross_entropy
                optimizer: {adam: {lr: 0.01}}
                clip: {norm: 1.0}
                train: {epochs: 2, batch: 64, seed: 5}
                """);
    }

    @Test
    void threeWorkersFollowOne() throws IOException {
        Jobs.Ran one = train("one", "train.workers=1");
        Jobs.Ran three = train("three", "train.workers=3");

        assertEquals(32, one.steps().size(), "16 batches an epoch, the last of 41");
        assertSame(one, three);
    }

    @Test
    void eightWorkersFollowOneThoughABatchHasFiveExamples() throws IOException {
        assertSame(
                train("one-of-5", "train.batch=5", "train.workers=1"),
                train("eight-of-5", "train.batch=5", "train.workers=8"));
    }

    @Test
    void theNumberOfShardsChangesNoBit() throws IOException {
        Map<String, float[]> one =
                train("shard", "train.workers=2", "train.shards=1").weights();
        Map<String, float[]> three =
                train("shards", "train.workers=2", "train.shards=3").weights();

        assertEquals(one.keySet(), three.keySet());
        one.forEach((name, values) -> assertArrayEquals(values, three.get(name), name));
    }

    private static Jobs.Ran train(String name, String... settings) {
        return Jobs.run(LocalSpark.session(), Jobs.read(folder.resolve("job.yaml"), folder.resolve(name), settings));
    }

    private static void assertSame(Jobs.Ran one, Jobs.Ran many) throws IOException {
        assertArrayEquals(one.losses(), many.losses(), TOLERANCE);
        Map<String, float[]> expected = one.weights();
        Map<String, float[]> actual = many.weights();
        assertEquals(expected.keySet(), actual.keySet());
        for (String name : expected.keySet()) {
            assertArrayEquals(expected.get(name), actual.get(name), 20 * TOLERANCE, name);
        }
    }
}
