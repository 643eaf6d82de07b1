package dev.lockstep.params.link.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.Transport;
import dev.lockstep.params.link.TransportSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverFolderTest {
    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private Path precious;

    @BeforeEach
    void keepSomethingElsewhere() throws IOException {
        this.precious = Files.createFile(elsewhere.resolve("thesis.tex"));
    }

    @Test
    void foldersOfDeadProcessesAreRemovedAndOthersKept() throws IOException {
        Path dead = dead("x");
        Files.createFile(
                Files.createDirectories(dead.resolve("aeron/publications")).resolve("7.logbuffer"));
        Path living = Files.createDirectory(folder.resolve(DriverFolder.mine() + "-y"));
        Path foreign = Files.createDirectory(folder.resolve("lockstep-1-1-z"));
        Path other = Files.createDirectory(folder.resolve("aeron-somebody"));
        assertEquals(1, sweep());
        assertFalse(Files.exists(dead));
        assertTrue(Stream.of(living, foreign, other).allMatch(Files::exists));
    }

    @Test
    void aFolderOfAnotherContainerGoesWhenItsDriverHasBeenSilent() throws IOException {
        Path silent = Files.createDirectory(folder.resolve("lockstep-1-1-z"));
        Files.setLastModifiedTime(silent, FileTime.fromMillis(0));
        assertEquals(1, sweep());
        assertFalse(Files.exists(silent));
    }

    /** Its folder is a process's sign of life; a folder that names no process yet may be just being made. */
    @Test
    void aJobsFolderGoesWithTheLastOfTheProcessesThatItNames() throws IOException {
        Path job = Files.createDirectory(folder.resolve("lockstep-job-0123456789abcdef-00000001"));
        Files.createFile(job.resolve("values"));
        assertEquals(0, sweep());
        Path dead = dead("x");
        Files.createFile(job.resolve(dead.getFileName()));
        Path living = Files.createDirectory(folder.resolve(DriverFolder.mine() + "-y"));
        Files.createFile(job.resolve(living.getFileName()));
        assertEquals(1, sweep());
        assertTrue(Files.exists(job));
        Files.delete(living);
        assertEquals(1, sweep());
        assertFalse(Files.exists(job));
    }

    @Test
    void whoeverEndsRemovesWhatWasKilledMeanwhile() throws IOException {
        TransportSettings settings = TransportSettings.of("127.0.0.1", 1).withDirectory(folder.toString());
        Path dead;
        try (Transport transport = AeronTransport.launch(settings)) {
            dead = dead("x");
            assertTrue(transport.folder().isPresent());
        }

        assertFalse(Files.exists(dead));
    }

    @Test
    void whatALinkInsideLeadsToIsKept() throws IOException {
        Path dead = dead("x");
        Files.createSymbolicLink(dead.resolve("publications"), elsewhere);
        Files.createSymbolicLink(dead.resolve("cnc.dat"), precious);
        assertEquals(1, sweep());
        assertFalse(Files.exists(dead));
        assertTrue(Files.exists(precious));
    }

    @Test
    void aLinkInPlaceOfAFolderIsNotFollowed() throws IOException {
        Path link = Files.createSymbolicLink(dead("x").resolveSibling(name("999999998", "y")), elsewhere);
        assertEquals(1, sweep());
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.exists(precious));
    }

    @Tag("process")
    @Test
    void aPipeThatNobodyWritesToIsNotWaitedFor() throws Exception {
        Path pipe = folder.resolve(name("999999997", "z"));
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no pipes here");
        Path dead = dead("x");
        assertEquals(1, assertTimeoutPreemptively(Duration.ofSeconds(20), this::sweep));
        assertTrue(Files.exists(pipe));
        assertFalse(Files.exists(dead));
    }

    @Test
    void aFolderOfAnotherUserIsKept() throws IOException {
        Path dead = dead("x");
        assumeTrue(Files.getAttribute(dead, "unix:uid").equals(0), "only root can give a folder away");
        Files.setAttribute(dead, "unix:uid", 4321);
        assertEquals(0, sweep());
        assertTrue(Files.exists(dead));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lockstep-1-x-y", "lockstep-x-1-y", "lockstep-", "lockstep-1-99999999999999999999-y"})
    void aNameThatIsNotOneOfOursIsPassedOver(String name) throws IOException {
        Path odd = Files.createDirectory(folder.resolve(name));
        Files.setLastModifiedTime(odd, FileTime.fromMillis(0));
        Path dead = dead("x");
        assertEquals(1, sweep());
        assertTrue(Files.exists(odd));
        assertFalse(Files.exists(dead));
    }

    @Test
    void aPlaceThatIsNotThereIsNamed() {
        DriverFolder nowhere = new DriverFolder(folder.resolve("nowhere").toString(), EmbeddedDriver.TIMEOUT);
        ParamException failure = assertThrows(ParamException.class, nowhere::sweep);
        assertTrue(
                failure.getMessage()
                        .startsWith("Folder for shared memory cannot be read: folder=" + folder.resolve("nowhere")),
                failure.getMessage());
    }

    private Path dead(String random) throws IOException {
        return Files.createDirectory(folder.resolve(name("999999999", random)));
    }

    private static String name(String process, String random) {
        return DriverFolder.mine().replaceAll("\\d+$", process) + "-" + random;
    }

    private int sweep() {
        return new DriverFolder(folder.toString(), EmbeddedDriver.TIMEOUT).sweep();
    }
}
