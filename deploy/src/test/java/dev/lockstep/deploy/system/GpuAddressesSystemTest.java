package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two GPUs that a script makes Spark believe in: each task of their executor has its own. */
@Tag("process")
class GpuAddressesSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private final Installation installation = Installation.built();

    @Test
    void givesEachTaskOfAnExecutorItsOwn() throws Exception {
        Path script = Files.writeString(
                folder.resolve("gpus"), "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"4\", \"7\"]}'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path tests = Path.of(GpuAddresses.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String ours = tests + File.pathSeparator + installation.home() + "/lib/*";
        List<String> command = installation.spark(
                GpuAddresses.class.getName(),
                "-Dspark.app.name=gpus",
                "-Dspark.master=local-cluster[1,2,512]",
                "-Dspark.executor.memory=512m",
                "-Dspark.driver.host=127.0.0.1",
                "-Dspark.ui.enabled=false",
                "-Dspark.executor.extraClassPath=" + ours,
                "-Dspark.worker.resource.gpu.amount=2",
                "-Dspark.worker.resource.gpu.discoveryScript=" + script,
                "-Dspark.executor.resource.gpu.amount=2",
                "-Dspark.task.resource.gpu.amount=1");
        int path = command.indexOf("-cp") + 1;
        command.set(path, command.get(path) + File.pathSeparator + ours);

        try (JvmProcess program = JvmProcess.start("gpus", folder, installation.environment(), command)) {
            assertEquals(0, program.exitCode(PATIENCE), () -> program.output() + program.errors());
            assertEquals("gpus=[4, 7]\n", program.output());
        }
    }
}
