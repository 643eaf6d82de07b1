package dev.lockstep.driver.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.JobFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLeaseTest {
    /** Above what Linux gives. */
    private static final long NO_PROCESS = 1L << 40;

    @TempDir
    Path folder;

    private volatile boolean isOver;

    private OutputLease take(Owner owner) {
        return OutputLease.take(
                new org.apache.hadoop.fs.Path(folder.resolve("out").toUri()), new Configuration(), owner);
    }

    private Path file() {
        return folder.resolve("out").resolve(OutputLease.FILE);
    }

    private static Owner another(String host, long process, long thread) {
        Owner here = Owner.here();
        String on = host == null ? here.host() : host;
        return new Owner(on, here.namespace(), process, here.birth(), here.started(), thread, here.id());
    }

    /** In this process, so that it is certainly alive. */
    private static Owner otherThread() {
        return another(null, ProcessHandle.current().pid(), -1);
    }

    private void leave(Owner owner) throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.write(file(), owner.bytes());
    }

    @Test
    void isThereWhileARunIs() {
        try (OutputLease lease = take(Owner.here())) {
            assertEquals("out", lease.folder().getName());
            assertTrue(Files.exists(file()));
        }
        assertFalse(Files.exists(file()));
    }

    private boolean isHeld() throws IOException {
        return OutputLease.isHeld(
                new org.apache.hadoop.fs.Path(folder.resolve("out").toUri()), new Configuration());
    }

    @Test
    void whoOnlyReadsSeesWhetherARunIsThere() throws IOException {
        assertFalse(isHeld(), "there is not even a folder");
        try (OutputLease lease = take(Owner.here())) {
            assertTrue(isHeld(), () -> "folder=" + lease.folder());
        }
        assertFalse(isHeld());

        leave(another(null, NO_PROCESS, 1));
        assertFalse(isHeld(), "its process is gone");
        leave(another("elsewhere", NO_PROCESS, 1));
        assertTrue(isHeld(), "it has shown a sign of life just now");
        Files.setLastModifiedTime(file(), FileTime.from(Instant.now().minus(Duration.ofSeconds(70))));
        assertFalse(isHeld(), "it has been silent for more than a minute");
    }

    @Test
    void aSecondRunIsRefusedAndToldOfTheFirst() {
        Owner first = otherThread();
        try (OutputLease lease = take(first)) {
            JobFileException refused = assertThrows(JobFileException.class, () -> take(Owner.here()));
            assertEquals(
                    "Another run writes to this output: folder=" + lease.folder() + ", host=" + first.host()
                            + ", process=" + first.process() + ", started=" + first.started()
                            + ". Wait for its end, or name another output.",
                    refused.getMessage());
        }
        take(Owner.here()).close();
    }

    @Test
    void oneWhoseProcessIsGoneIsSucceededAtOnce() throws IOException {
        leave(another(null, NO_PROCESS, 1));
        take(Owner.here()).close();
        assertFalse(Files.exists(file()));
    }

    @Test
    void oneWhoseProcessNumberCameAgainIsSucceededAtOnce() throws IOException {
        Owner here = Owner.here();
        leave(new Owner(here.host(), here.namespace(), here.process(), "1", here.started(), 1, "old"));
        take(here).close();
        assertFalse(Files.exists(file()));
    }

    /** By its process it would look dead, though it may live: its signs of life count. */
    @Test
    void whatABuildWroteThatKnewNoBirthNamesNobody() {
        String earlier = new String(Owner.here().bytes(), UTF_8).replaceFirst("\"birth\":\"[^\"]*\",", "");
        assertEquals(Optional.empty(), Owner.of(earlier.getBytes(UTF_8)));
    }

    @Test
    void oneThatLivesKeepsItWhenTheClockIsSet() throws IOException {
        Owner here = Owner.here();
        String earlier = "2001-01-01T00:00:00Z";
        leave(new Owner(here.host(), here.namespace(), here.process(), here.birth(), earlier, -1, "old"));
        JobFileException refused = assertThrows(JobFileException.class, () -> take(here));
        assertTrue(refused.getMessage().contains(", started=" + earlier + ". Wait"), refused::getMessage);
    }

    private LeaseFile leaseFile() throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file().toUri());
        return new LeaseFile(PlainFiles.of(path, new Configuration()), path);
    }

    @Test
    void whoWasSlowToSeeTheOldOwnerGoneDoesNotTakeItsSuccessorsLease() throws IOException {
        Owner old = another(null, NO_PROCESS, 1);
        leave(old);
        try (OutputLease lease = take(otherThread())) {
            assertFalse(Succession.succeeds(leaseFile(), Optional.of(old), Owner.here()));
            lease.requireHeld();
        }
        assertFalse(Succession.succeeds(leaseFile(), Optional.of(old), Owner.here()), "nobody is there to succeed");
        assertEquals(List.of(), names());
    }

    @Test
    void whoWasAboutToSucceedAndIsGoneIsSucceeded() throws IOException {
        Owner old = another(null, NO_PROCESS, 1);
        leave(old);
        assertTrue(leaseFile().claimAfter(Optional.of(old)).isMadeBy(another(null, NO_PROCESS + 1, 1)));
        take(Owner.here()).close();
        assertEquals(List.of(), names());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> found = Files.list(folder.resolve("out"))) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void ofManyOneHasItAndTheOthersAreToldOfThatOne() throws Exception {
        for (int round = 0; round < 8; round++) {
            if (round % 2 == 0) {
                leave(another(null, NO_PROCESS, round));
            }
            try (OutputLease lease = Contest.winner(this::take)) {
                lease.requireHeld();
            }
            assertEquals(List.of(), names());
        }
    }

    @Test
    void onAnotherHostItsSilenceIsWaitedFor() throws IOException {
        leave(another("node-9", NO_PROCESS, 1));
        Files.setLastModifiedTime(file(), FileTime.from(Instant.now().minus(Duration.ofSeconds(59))));

        take(Owner.here()).close();
        assertFalse(Files.exists(file()));
    }

    @Test
    void onAnotherHostASignOfLifeRefuses() throws Exception {
        leave(another("node-9", NO_PROCESS, 1));
        Thread lives = new Thread(this::beat);
        lives.start();

        JobFileException refused = assertThrows(JobFileException.class, () -> take(Owner.here()));
        this.isOver = true;
        lives.join();
        assertTrue(refused.getMessage().contains("host=node-9, process=" + NO_PROCESS), refused::getMessage);
        assertTrue(refused.getMessage().endsWith(". Wait for its end, or name another output."), refused::getMessage);
    }

    private void beat() {
        try {
            while (!isOver) {
                Files.setLastModifiedTime(file(), FileTime.from(Instant.now()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void oneThatGivesItBackMeanwhileIsSucceeded() throws IOException {
        leave(another("node-9", NO_PROCESS, 1));
        Files.setLastModifiedTime(file(), FileTime.from(Instant.now().minus(Duration.ofSeconds(5))));
        Thread ends = new Thread(() -> file().toFile().delete());
        ends.start();

        take(Owner.here()).close();
        assertFalse(Files.exists(file()));
    }

    @Test
    void theSameThreadTakesItAgain() {
        try (OutputLease lease = take(Owner.here())) {
            take(Owner.here()).close();
            assertTrue(Files.exists(file()), "the inner one gives nothing back");
            assertEquals("out", lease.folder().getName());
        }
    }

    @Test
    void whoLostItIsReported() throws IOException {
        try (OutputLease lease = take(Owner.here())) {
            lease.requireHeld();
            leave(otherThread());
            ClusterException lost = assertThrows(ClusterException.class, lease::requireHeld);
            assertTrue(lost.getMessage().startsWith("Another run has taken over this output, as "), lost::getMessage);
        }
        assertTrue(Files.exists(file()), "the other's stays");
    }

    @Test
    void anOutputThatIsAFileIsRefused() throws IOException {
        Files.writeString(folder.resolve("out"), "a file");
        JobFileException refused = assertThrows(JobFileException.class, () -> take(Owner.here()));
        assertTrue(
                refused.getMessage()
                        .startsWith("Output must be a folder that can be written: folder=file:" + folder.resolve("out")
                                + ", reason="),
                refused::getMessage);
    }

    @Test
    void aFullDiskIsRefused() {
        JobFileException refused = assertThrows(
                JobFileException.class,
                () -> OutputLease.take(FullDisk.path(folder.resolve("out")), FullDisk.configuration()));
        assertTrue(refused.getMessage().endsWith(", reason=No space left on device"), refused::getMessage);
        assertFalse(Files.exists(file()), "an empty lease would stop the next run");
    }
}
