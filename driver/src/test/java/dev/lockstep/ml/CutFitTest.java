package dev.lockstep.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.CancelledException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A fit with {@code checkpointDir} that is cut: the next one goes on from there. */
@Tag("spark")
@Timeout(120)
class CutFitTest {
    private static final int EPOCHS = 40;
    private static final long POLL_NS = 2_000_000;

    @TempDir
    private Path folder;

    private final Dataset<Row> clouds = Tables.clouds(60).cache();

    private static LockstepClassifier estimator() {
        return new LockstepClassifier("cut")
                .setLayers("[linear: 4, relu, linear]")
                .setOptimizer("{adam: {lr: 0.01}}")
                .setBatchSize(20)
                .setEpochs(EPOCHS)
                .setSeed(2);
    }

    @Test
    void isFinishedByTheNextOneAsIfItHadNotBeenCut() throws Exception {
        LockstepClassifier resumable =
                estimator().setCheckpointDir(folder.toString()).setCheckpointInterval(1);
        AtomicReference<Throwable> ended = new AtomicReference<>();
        Thread first = new Thread(() -> {
            try {
                resumable.fit(clouds);
            } catch (RuntimeException e) {
                ended.set(e);
            }
        });
        first.start();
        while (checkpoints().isEmpty() && first.isAlive()) {
            LockSupport.parkNanos(POLL_NS);
        }
        first.interrupt();
        first.join();
        assertInstanceOf(CancelledException.class, ended.get(), () -> String.valueOf(ended.get()));
        assertTrue(!checkpoints().isEmpty(), "the state stays");

        LockstepClassificationModel second = resumable.fit(clouds);
        int epochs = second.summary().objectiveHistory().length;
        assertTrue(epochs > 0 && epochs < EPOCHS, () -> "the epochs that were left: " + epochs);
        assertArrayEquals(values(estimator().fit(clouds)), values(second));
        assertEquals(List.of(), checkpoints(), "the next fit begins anew");
    }

    private List<String> checkpoints() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("step-"))
                    .toList();
        }
    }

    private static float[] values(LockstepClassificationModel model) {
        return model.trained().members().get(0).values();
    }
}
