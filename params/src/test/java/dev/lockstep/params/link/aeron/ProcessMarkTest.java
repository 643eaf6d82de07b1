package dev.lockstep.params.link.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.FileSystems;
import dev.lockstep.params.link.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessMarkTest {
    @TempDir
    Path folder;

    private Address address;

    @BeforeEach
    void writeMark() {
        this.address = of(UUID.randomUUID());
        ProcessMark.write(new SharedFolder(folder, /* reserved */ 0), address);
    }

    private Address of(UUID process) {
        return new Address(process, "node7", 9, folder.resolve("aeron").toString(), 1);
    }

    @Test
    void whoReadsTheNumberIsHere() throws IOException {
        assertTrue(ProcessMark.isHere(address));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("process"))));
    }

    @Test
    void theSameFolderOfAnotherContainerIsElsewhere() {
        assertFalse(ProcessMark.isHere(of(UUID.randomUUID())));
    }

    @Test
    void anotherKernelIsElsewhere() throws IOException {
        Files.writeString(folder.resolve("process"), address.process() + " 0123456789abcdef");
        assertFalse(ProcessMark.isHere(address));
    }

    @Test
    void aFolderWithoutANumberIsElsewhere() throws IOException {
        ProcessMark.remove(folder);
        assertFalse(ProcessMark.isHere(address));
        assertFalse(ProcessMark.isHere(new Address(address.process(), "node7", 9, "", 1)));
    }

    @Test
    void aLinkInTheNumbersPlaceIsNotFollowed() throws IOException {
        Path mark = folder.resolve("process");
        Files.move(mark, folder.resolve("moved"));
        Files.createSymbolicLink(mark, folder.resolve("moved"));
        assertFalse(ProcessMark.isHere(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "NFS", "cifs", "9p", "fuse.sshfs", "fuseblk", "ceph", "virtiofs"})
    void fileSystemsOfOtherMachinesAreNotShared(String type) {
        assertFalse(FileSystems.isLocal(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmpfs", "ext4", "xfs", "overlay", "ramfs", "btrfs", "zfs"})
    void ownFileSystemsAreShared(String type) {
        assertTrue(FileSystems.isLocal(type));
    }
}
