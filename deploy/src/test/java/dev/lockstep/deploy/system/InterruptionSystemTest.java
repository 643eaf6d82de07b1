package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, as {@code kill}, Kubernetes and YARN send it. */
@Tag("process")
class InterruptionSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    @Test
    void leavesACheckpointFromWhichTheRunGoesOnToTheSameBits() throws Exception {
        TrainedFolder trained = new TrainedFolder(folder, Jobs.LONG);
        try (JvmProcess straight = trained.train("straight")) {
            assertEquals(0, straight.exitCode(PATIENCE), straight::errors);
        }

        try (JvmProcess cut = trained.train("resumed")) {
            String unused = cut.await(Pattern.compile("(epoch 1/)"), PATIENCE);
            cut.terminate();
            assertEquals(130, cut.exitCode(PATIENCE), () -> cut.output() + cut.errors());
            assertTrue(cut.output().contains("interrupted: "), cut::output);
        }

        try (JvmProcess resumed = trained.train("resumed", "--resume")) {
            assertEquals(0, resumed.exitCode(PATIENCE), resumed::errors);
            assertTrue(resumed.output().contains("resumed after step "), resumed::output);
        }
        assertArrayEquals(trained.weights("straight"), trained.weights("resumed"));
    }

    /** A job is stuck where its executors are: here they are stopped. */
    @Test
    void endsAStuckRunAtTheSecondSignal() throws Exception {
        TrainedFolder trained = new TrainedFolder(folder, Jobs.LONG);
        List<ProcessHandle> executors = List.of();
        try (JvmProcess stuck =
                trained.train("stuck", "--set", "train.epochs=2000", "--master", "local-cluster[2,1,700]")) {
            String unused = stuck.await(Pattern.compile("(epoch 2/)"), PATIENCE);
            executors = stuck.descendants().toList();
            for (ProcessHandle executor : executors) {
                assertEquals(
                        0,
                        new ProcessBuilder("kill", "-STOP", "" + executor.pid())
                                .start()
                                .waitFor());
            }

            stuck.terminate();
            unused = stuck.await(Pattern.compile("(Stopping after the step in progress)"), PATIENCE);
            stuck.terminate();
            assertEquals(130, stuck.exitCode(Duration.ofMinutes(1)), () -> stuck.output() + stuck.errors());
            assertTrue(stuck.errors().endsWith("lockstep: Interrupted\n"), stuck::errors);
        } finally {
            executors.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
