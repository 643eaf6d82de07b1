package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class LauncherSystemTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final Installation installation = Installation.built();
    private JvmProcess process;

    @AfterEach
    void end() {
        process.close();
    }

    @Test
    void runsThroughALinkFromAnyFolder() throws Exception {
        Path link = Files.createSymbolicLink(
                folder.resolve("ls"), installation.home().resolve("bin/lockstep"));

        assertEquals(0, run(Map.of(), List.of(link.toString(), "--version")), () -> process.errors());
        assertTrue(process.output().matches("lockstep \\d+\\.\\d+\\.\\d+.*\\s"), process.output());
    }

    @Test
    void saysWhenJavaIsTooOld() throws Exception {
        Path home = javaThatSays("openjdk version \"11.0.2\" 2019-01-15");

        assertEquals(2, run(Map.of("JAVA_HOME", home.toString()), installation.lockstep("doctor")));
        assertEquals(
                "lockstep: Java must be 17 or later: java=" + home
                        + "/bin/java, version=11. Set JAVA_HOME to a newer one.\n",
                process.errors());
    }

    @Test
    void saysWhenJavaIsMissing() throws Exception {
        assertEquals(2, run(Map.of("JAVA_HOME", folder.toString()), installation.lockstep("doctor")));
        assertTrue(process.errors().startsWith("lockstep: Java was not found: looked for=" + folder), process.errors());
    }

    @Test
    void passesArgumentsWithSpacesOn() throws Exception {
        assertEquals(2, run(Map.of(), installation.lockstep("no such command")));
        assertTrue(process.errors().contains("'no such command'"), process.errors());
    }

    private int run(Map<String, String> environment, List<String> command) throws InterruptedException {
        process = JvmProcess.start("lockstep", folder.resolve("logs"), environment, command);
        return process.exitCode(PATIENCE);
    }

    private Path javaThatSays(String version) throws IOException {
        Path java = folder.resolve("old/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\necho '" + version + "' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder.resolve("old");
    }
}
