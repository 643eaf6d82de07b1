package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever started a run gets to read. */
@Tag("process")
class TerminalSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    @Test
    void warnsOfAHiddenLayerWhoseUnitsStayTheSame() throws Exception {
        TrainedFolder trained = new TrainedFolder(folder, Jobs.RANDOM + "init: {weight: {constant: 0.1}}\n");
        try (JvmProcess run = trained.train("out", "--set", "schedule.reduce_lr_on_plateau={}")) {
            assertEquals(0, run.exitCode(PATIENCE), run::errors);
            assertTrue(run.errors().contains("Units of a hidden layer begin alike: parameter=0.weight"), run::errors);
            assertTrue(run.errors().contains("schedule waits for the validation loss"), run::errors);
            assertEquals(2, run.errors().lines().count(), run::errors);
        }
    }

    /** A device that is not there is found by the executors alone; this build of libtorch has no CUDA. */
    @Test
    void whatAnotherAttemptWouldNotCureEndsTheRunAtOnce() throws Exception {
        TrainedFolder trained = new TrainedFolder(folder, Jobs.RANDOM);
        try (JvmProcess run =
                trained.train("out", "--master", "local-cluster[2,1,1024]", "--set", "train.device=cuda")) {
            assertEquals(5, run.exitCode(PATIENCE), () -> run.output() + run.errors());
            assertEquals(1, starts(run.output()), () -> "started once: " + run.output());
            assertEquals(1, run.errors().lines().count(), run::errors);
            assertTrue(run.errors().contains("device: cuda is not available"), run::errors);
        }
    }

    private static long starts(String output) {
        return output.lines().filter(line -> line.startsWith("random: ")).count();
    }
}
