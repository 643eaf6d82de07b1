package dev.lockstep.params.plane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.Layout;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.link.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedPlaneTest {
    private static final int JOB = 0x2A;
    private static final Layout LAYOUT = layout(300);

    @TempDir
    Path parent;

    private SharedFolder process;

    private static Layout layout(int rows) {
        return Layout.of(List.of(new Parameter("w", List.of(rows, 70))), List.of(), 2);
    }

    @BeforeEach
    void makeProcess() throws IOException {
        process = process("lockstep-1-1-a", 0);
    }

    private SharedFolder process(String name, long reserved) throws IOException {
        return new SharedFolder(Files.createDirectories(parent.resolve(name)), reserved);
    }

    @Test
    void whoCannotReadTheNumberIsAnotherHost() throws IOException {
        HostPlane one = MappedPlane.open(process, JOB, LAYOUT);
        HostPlane other = MappedPlane.open(process, JOB + 1, LAYOUT);
        assertNotEquals(one.host(), other.host());
        one.leave();
        HostPlane again = MappedPlane.open(process, JOB, LAYOUT);
        assertNotEquals(one.host(), again.host());
        Stream.of(one, other, again).forEach(HostPlane::close);
    }

    @Test
    void nobodyElseMayReadIt() throws IOException {
        HostPlane plane = MappedPlane.open(process, JOB, LAYOUT);
        plane.create(UUID.randomUUID());
        Path folder = process.ofJob(JOB);
        assertEquals("rwx------", permissions(folder));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("rw-------"),
                    files.map(MappedPlaneTest::permissions).distinct().toList());
        }

        plane.close();
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFolderThatOthersMayEnterIsRefused() throws IOException {
        Path folder = Files.createDirectory(process.ofJob(JOB));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        IOException failure = assertThrows(IOException.class, () -> MappedPlane.open(process, JOB, LAYOUT));
        assertTrue(
                failure.getMessage().startsWith("folder is not this user's alone: folder=" + folder),
                failure.getMessage());
    }

    @Test
    void aLinkInTheFoldersPlaceIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(
                parent.resolve("elsewhere"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createSymbolicLink(process.ofJob(JOB), elsewhere);
        IOException failure = assertThrows(IOException.class, () -> MappedPlane.open(process, JOB, LAYOUT));
        assertTrue(failure.getMessage().startsWith("folder is not this user's alone"), failure.getMessage());
    }

    @Test
    void theMemoryOfAnotherNetworkIsRefused() throws IOException {
        HostPlane plane = MappedPlane.open(process, JOB, LAYOUT);
        IOException failure = assertThrows(IOException.class, () -> MappedPlane.open(process, JOB, layout(301)));
        assertTrue(failure.getMessage().startsWith("file has another length"), failure.getMessage());
        plane.close();
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeItIsWritten() throws IOException {
        SharedFolder full = process("lockstep-1-2-b", Long.MAX_VALUE / 2);
        IOException failure = assertThrows(IOException.class, () -> MappedPlane.open(full, JOB, LAYOUT));
        assertTrue(failure.getMessage().startsWith("no room: file="), failure.getMessage());
        assertFalse(Files.exists(full.ofJob(JOB)));

        HostPlane roomy = MappedPlane.open(process, JOB, LAYOUT);
        HostPlane late = MappedPlane.open(full, JOB, LAYOUT);
        ParamException none = assertThrows(ParamException.class, () -> late.create(UUID.randomUUID()));
        assertTrue(none.getMessage().contains("cannot be made: file="), none.getMessage());
        assertTrue(none.getMessage().contains("reason=no room"), none.getMessage());
        Stream.of(roomy, late).forEach(HostPlane::close);
    }

    @Test
    void theLastProcessThatLeavesRemovesAll() throws IOException {
        SharedFolder second = process("lockstep-1-2-b", 0);
        HostPlane one = MappedPlane.open(process, JOB, LAYOUT);
        HostPlane other = MappedPlane.open(second, JOB, LAYOUT);
        UUID gradient = UUID.randomUUID();
        one.create(gradient).floats().put(0, 5f);
        Region kept = other.gradient(gradient);
        one.leave();
        assertTrue(Files.exists(process.ofJob(JOB)));
        assertEquals(5f, kept.floats().get(0));
        other.leave();
        assertFalse(Files.exists(process.ofJob(JOB)));
        Stream.of(one, other).forEach(HostPlane::close);
    }

    @Test
    void aProcessThatWasKilledKeepsNobodyFromRemovingAll() throws IOException {
        SharedFolder killed = process("lockstep-1-2-b", 0);
        HostPlane left = MappedPlane.open(killed, JOB, LAYOUT);
        left.create(UUID.randomUUID());
        HostPlane here = MappedPlane.open(process, JOB, LAYOUT);
        Files.delete(killed.own());
        here.leave();
        assertFalse(Files.exists(process.ofJob(JOB)));
        Stream.of(left, here).forEach(HostPlane::close);
    }
}
