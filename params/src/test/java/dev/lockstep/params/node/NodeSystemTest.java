package dev.lockstep.params.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.link.Clock;
import dev.lockstep.params.link.MemoryTransport;
import dev.lockstep.params.link.Security;
import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.plane.HostSeat;
import dev.lockstep.params.secure.JobKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two real processes, over shared memory and over the network, sealed and not. */
@Tag("process")
@Timeout(240)
class NodeSystemTest {
    private static final int SEGMENTS = 2;
    private static final Duration GANG = Duration.ofSeconds(60);

    private final StartedThreads started = new StartedThreads();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"true, NONE", "false, NONE", "false, AUTHENTICATE", "false, ENCRYPT"})
    void twoProcessesTrainAsOneDoes(boolean shortcuts, Security security) throws IOException, InterruptedException {
        ClusterSettings settings = Trainee.settings(2, GANG, Duration.ofSeconds(20));
        TransportSettings transport = transport(shortcuts, security);
        JobKey key = JobKey.random();
        Trainee here = new Trainee(0);
        Process child;
        try (Node node = admitted(transport, key);
                Coordinator coordinator = node.coordinate(settings, Trainee.layout(), report -> {});
                Intruder intruder = new Intruder(coordinator.address(), security)) {
            coordinator.begin(Trainee.segment(1));
            child = ChildProcess.start(
                    new ChildProcess.Task(transport, settings, key, coordinator.address(), 1, SEGMENTS), output());
            intruder.start();
            here.run(node, settings, coordinator.address());
            coordinator.begin(Trainee.segment(2));
            here.run(node, settings, coordinator.address());
            assertTrue(child.waitFor(60, TimeUnit.SECONDS), this::childSays);
            intruder.requireRefused();
        }

        assertEquals("digest=" + here.digest(), childSays().strip());
        assertEquals(digestOfOneProcess(), here.digest());
        assertNothingIsLeft(child);
    }

    @Test
    void aKilledProcessIsNamed() throws IOException {
        ClusterSettings settings = Trainee.settings(2, GANG, Duration.ofSeconds(2));
        TransportSettings transport = transport(/* shortcuts */ true);
        try (Node node = Node.open(transport);
                Coordinator coordinator = node.coordinate(settings, Trainee.layout(), report -> {})) {
            coordinator.begin(Trainee.segment(1));
            Process child = ChildProcess.start(
                    new ChildProcess.Task(transport, settings, JobKey.random(), coordinator.address(), 1, 1), output());
            Trainee here = new Trainee(0);
            Membership place = new Membership(settings, coordinator.address(), 0, Trainee.layout(), Trainee.rule());
            AbortException failure = assertThrows(AbortException.class, () -> {
                try (HostSeat seat = node.seat(place);
                        var client = node.join(place, here.memory(seat), Trainee::fill)) {
                    child.destroyForcibly();
                    client.pull();
                    here.step(client, seat, 1);
                }
            });
            assertTrue(failure.getMessage().startsWith("Member is lost: member="), failure.getMessage());
            assertTrue(failure.getMessage().contains("step=1, silentMs="), failure.getMessage());
        }
    }

    @Test
    void foldersOfKilledProcessesAreRemoved() throws IOException, InterruptedException {
        ClusterSettings settings = Trainee.settings(2, GANG, GANG);
        try (Node node = Node.open(transport(/* shortcuts */ true));
                Coordinator coordinator = node.coordinate(settings, Trainee.layout(), report -> {})) {
            Process child = ChildProcess.start(
                    new ChildProcess.Task(transport(true), settings, JobKey.random(), coordinator.address(), 1, 1),
                    output());
            while (foldersOf(child) == 0) {
                assertTrue(child.isAlive(), this::childSays);
                Thread.onSpinWait();
            }

            child.destroyForcibly().waitFor();
            assertEquals(1, foldersOf(child));
            Node.open(transport(/* shortcuts */ true)).close();
            assertEquals(0, foldersOf(child));
        }
    }

    private static Node admitted(TransportSettings transport, JobKey key) {
        Node node = Node.open(transport);
        node.admit(Trainee.JOB, key);
        return node;
    }

    private static TransportSettings transport(boolean shortcuts, Security security) {
        TransportSettings settings = transport(shortcuts);
        return settings.withNetwork(settings.network().withSecurity(security));
    }

    private static TransportSettings transport(boolean shortcuts) {
        TransportSettings settings = TransportSettings.of("127.0.0.1", 5);
        return shortcuts ? settings : settings.withoutShortcuts();
    }

    private static long digestOfOneProcess() {
        ClusterSettings settings = Trainee.settings(2, GANG, GANG);
        Trainee[] trainees = {new Trainee(0), new Trainee(1)};
        try (Node node = Node.open(new MemoryTransport(Clock.SYSTEM));
                Coordinator coordinator = node.coordinate(settings, Trainee.layout(), report -> {})) {
            for (int segment = 1; segment <= SEGMENTS; segment++) {
                coordinator.begin(Trainee.segment(segment));
                CompletableFuture<Void> other = CompletableFuture.runAsync(
                        () -> trainees[1].run(node, settings, coordinator.address()), task -> new Thread(task).start());
                trainees[0].run(node, settings, coordinator.address());
                other.join();
            }
        }

        return trainees[0].digest();
    }

    private void assertNothingIsLeft(Process child) throws IOException {
        assertEquals(0, foldersOf(child));
        assertEquals(0, folders("-" + ProcessHandle.current().pid() + "-"));
        assertEquals(Set.of(), started.alive());
    }

    private static long foldersOf(Process process) throws IOException {
        return folders("-" + process.pid() + "-");
    }

    private static long folders(String part) throws IOException {
        Path parent = Files.isWritable(Path.of("/dev/shm"))
                ? Path.of("/dev/shm")
                : Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.startsWith("lockstep-") && name.contains(part))
                    .count();
        }
    }

    private Path output() {
        return folder.resolve("child.txt");
    }

    private String childSays() {
        try {
            return Files.readString(output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
