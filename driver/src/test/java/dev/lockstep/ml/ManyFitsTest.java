package dev.lockstep.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fits in one session, one after another and at the same time: nothing is left of them. */
@Tag("spark")
@Timeout(300)
class ManyFitsTest {
    private static final int FITS = 50;
    private static final long MIB = 1 << 20;

    private final Dataset<Row> clouds = Tables.clouds(30).cache();

    private static LockstepClassifier small() {
        return new LockstepClassifier()
                .setLayers("[linear: 4, relu, linear]")
                .setEpochs(2)
                .setNumWorkers(2);
    }

    /** What a process holds of what fits may leave behind. */
    private record Held(long threads, long files, long shared, long views, int rdds, long residentMib) {
        static Held now() throws IOException {
            System.gc();
            JavaSparkContext spark =
                    JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
            long threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().contains("lockstep"))
                    .count();
            long views = LocalSpark.session()
                    .sql("show tables in global_temp like '*_data_*'")
                    .count();
            return new Held(
                    threads,
                    count(Path.of("/proc/self/fd")),
                    count(Path.of("/dev/shm")),
                    views,
                    spark.getPersistentRDDs().size(),
                    resident());
        }

        private static long count(Path folder) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                return files.count();
            }
        }

        private static long resident() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / MIB)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @Tag("slow")
    void leaveNothingBehind() throws IOException {
        clouds.count();
        for (int i = 0; i < 5; i++) {
            small().fit(clouds);
        }
        Held before = Held.now();
        for (int i = 0; i < FITS; i++) {
            small().fit(clouds);
        }
        Held after = Held.now();

        String both = "before=" + before + ", after " + FITS + " fits=" + after;
        assertTrue(after.threads() <= before.threads(), both);
        assertTrue(after.files() <= before.files() + 5, both);
        assertTrue(after.shared() <= before.shared(), both);
        assertEquals(0, after.views(), both);
        assertTrue(after.rdds() <= before.rdds(), both);
        // The heap may grow; a network and its shards left fifty times would be more.
        assertTrue(after.residentMib() <= before.residentMib() + 300, both);
        System.out.println(both);
    }

    @Test
    void atTheSameTimeAreAsOneAfterAnother() {
        float[] alone = values(small().fit(clouds));
        CompletableFuture<float[]> one = CompletableFuture.supplyAsync(() -> values(small().fit(clouds)));
        CompletableFuture<float[]> other = CompletableFuture.supplyAsync(() -> values(small().fit(clouds)));
        assertArrayEquals(alone, one.join());
        assertArrayEquals(alone, other.join());
        assertTrue(clouds.storageLevel().useMemory(), "what the program has cached stays so");
    }

    private static float[] values(LockstepClassificationModel model) {
        return model.trained().members().get(0).values();
    }
}
