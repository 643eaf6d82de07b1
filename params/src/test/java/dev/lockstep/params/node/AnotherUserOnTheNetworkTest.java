package dev.lockstep.params.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.params.link.Security;
import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.secure.JobKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another user of the machine, who knows all of a job but its key, speaks to its port while it trains, and looks into
 * its folders. Needs root, which may run a program as anybody, and bash, which speaks TCP.
 */
@Tag("process")
@Timeout(300)
class AnotherUserOnTheNetworkTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int TIMES = 30;

    @TempDir
    Path folder;

    @Test
    void canNeitherStopAJobNorChangeItsResult() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")) && Files.isExecutable(Path.of("/bin/bash")));
        assumeTrue("root".equals(System.getProperty("user.name")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertEquals(train(/* attacked */ false), train(/* attacked */ true));
    }

    private long train(boolean attacked) throws Exception {
        ClusterSettings settings = Trainee.settings(2, PATIENCE, PATIENCE);
        Trainee[] trainees = {new Trainee(0), new Trainee(1)};
        TransportSettings usual = TransportSettings.of("127.0.0.1", 5)
                .withDirectory(folder.toString())
                .withoutShortcuts();
        try (Node node = Node.open(usual.withNetwork(usual.network().withSecurity(Security.AUTHENTICATE)))) {
            node.admit(Trainee.JOB, JobKey.random());
            try (Coordinator coordinator = node.coordinate(settings, Trainee.layout(), report -> {})) {
                coordinator.begin(Trainee.segment(1));
                CompletableFuture<Void> other = CompletableFuture.runAsync(
                        () -> trainees[1].run(node, settings, coordinator.address()), task -> new Thread(task).start());
                if (attacked) {
                    attack(new Intruder(coordinator.address(), Security.AUTHENTICATE));
                }

                trainees[0].run(node, settings, coordinator.address());
                other.join();
                assertTrue(coordinator.failure().isEmpty());
            }
        }

        return trainees[0].digest();
    }

    /** While the workers wait for worker 0, so that the coordinator has a generation to give up. */
    private void attack(Intruder intruder) throws IOException, InterruptedException {
        Path said = Files.write(folder.resolve("said"), intruder.says());
        for (int i = 0; i < TIMES; i++) {
            int end = asNobody("exec 3<>/dev/tcp/" + intruder.victim().host() + "/"
                    + intruder.victim().port() + " || exit 9; cat " + said + " >&3; cat <&3");
            assertNotEquals(9, end, "the port must be open to whoever comes");
        }

        assertNotEquals(0, asNobody("ls " + folder + "/lockstep-*/"));
        assertNotEquals(0, asNobody("cat " + folder + "/lockstep-*/aeron/cnc.dat"));
        assertNotEquals(0, asNobody("rm -r " + folder + "/lockstep-*"));
    }

    private static int asNobody(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "bash", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "a connection is held, though it has no credential");
        return process.exitValue();
    }
}
