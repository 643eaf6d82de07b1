package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, as {@code kill}, Kubernetes and YARN send it. */
@Tag("system")
class InterruptionSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    private final Installation installation = Installation.built();
    private Path job;

    @BeforeEach
    void writeTheJob() throws Exception {
        job = Files.writeString(folder.resolve("job.yaml"), Jobs.LONG);
    }

    @Test
    void leavesACheckpointFromWhichTheRunGoesOnToTheSameBits() throws Exception {
        try (JvmProcess straight = train("straight", "straight")) {
            assertEquals(0, straight.exitCode(PATIENCE), straight::errors);
        }

        try (JvmProcess cut = train("cut", "resumed")) {
            String unused = cut.await(Pattern.compile("(epoch 1/)"), PATIENCE);
            cut.terminate();
            assertEquals(130, cut.exitCode(PATIENCE), () -> cut.output() + cut.errors());
            assertTrue(cut.output().contains("interrupted: "), cut::output);
        }

        try (JvmProcess resumed = train("resumed", "resumed", "--resume")) {
            assertEquals(0, resumed.exitCode(PATIENCE), resumed::errors);
            assertTrue(resumed.output().contains("resumed after step "), resumed::output);
        }
        assertArrayEquals(weights("straight"), weights("resumed"));
    }

    private JvmProcess train(String name, String output, String... more) {
        List<String> command = new ArrayList<>(installation.lockstep("train", job.toString()));
        Collections.addAll(command, "--set", "output=" + folder.resolve(output));
        Collections.addAll(command, more);
        return JvmProcess.start(name, folder.resolve("logs"), Map.of(), command);
    }

    private byte[] weights(String output) throws Exception {
        return Files.readAllBytes(folder.resolve(output).resolve("model/weights.safetensors"));
    }
}
