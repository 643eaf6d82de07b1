package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standalone master and two workers in JVMs of their own, as a user has them. */
@Tag("process")
class StandaloneClusterSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static StandaloneCluster cluster;

    @BeforeAll
    static void start() {
        cluster = StandaloneCluster.start(Installation.built(), folder, /* workers */ 2);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void runsTheSubmittedJarInBothExecutors() throws InterruptedException {
        JvmProcess submitted = cluster.submit("submitted-doctor", List.of(), "doctor");

        assertExaminedBothExecutors(submitted);
    }

    @Test
    void runsTheInstalledCommandInBothExecutors() throws InterruptedException {
        JvmProcess installed = cluster.lockstep("installed-doctor", "doctor", "--master", cluster.url());

        assertExaminedBothExecutors(installed);
    }

    private static void assertExaminedBothExecutors(JvmProcess doctor) throws InterruptedException {
        assertEquals(0, doctor.exitCode(PATIENCE), () -> doctor.output() + doctor.errors());
        long executors = Pattern.compile("^executor \\d+ on ", Pattern.MULTILINE)
                .matcher(doctor.output())
                .results()
                .count();
        assertEquals(2, executors, doctor.output());
        assertTrue(doctor.output().contains("ok    add-opens"), doctor.output());
        long asked = Pattern.compile("ok    paths ")
                .matcher(doctor.output())
                .results()
                .count();
        assertEquals(3, asked, () -> "both executors and the driver try the ways: " + doctor.output());
    }
}
