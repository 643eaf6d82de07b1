package dev.lockstep.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbesTest {
    @Test
    void tooLittleSharedMemoryIsAFailureThatSaysHowToGetMore(@TempDir Path folder) throws IOException {
        Finding finding = StorageProbes.sharedMemory(folder, Long.MAX_VALUE, Long.MAX_VALUE);

        assertEquals(Finding.Verdict.FAIL, finding.verdict());
        assertTrue(finding.toString().contains("--shm-size"), finding.toString());
    }

    @Test
    void someSharedMemoryIsAWarning(@TempDir Path folder) throws IOException {
        Finding finding = StorageProbes.sharedMemory(folder, Long.MAX_VALUE, 0);

        assertEquals(Finding.Verdict.WARN, finding.verdict());
    }

    @Test
    void aMissingFolderForSharedMemoryIsAWarning(@TempDir Path folder) throws IOException {
        Finding finding = StorageProbes.sharedMemory(folder.resolve("none"), 1, 1);

        assertEquals(Finding.Verdict.WARN, finding.verdict());
        assertTrue(finding.toString().contains("cannot be written"), finding.toString());
    }

    @Test
    void anMtuBelowAFrameIsAWarning() {
        int frame = NetworkProbes.DATAGRAM + 28;

        assertEquals(
                Finding.Verdict.OK, NetworkProbes.mtu(frame, "eth0 " + frame).verdict());
        assertEquals(Finding.Verdict.WARN, NetworkProbes.mtu(frame - 1, "eth0").verdict());
    }

    @Test
    void smallBuffersAreAWarningThatNamesTheSysctl() {
        Finding finding = NetworkProbes.buffers(212_992, 4 << 20);

        assertEquals(
                "warn  socket buffers   receive 208 KiB, send 4096 KiB granted of 2048. Only between machines: "
                        + "sysctl -w net.core.rmem_max=4194304 net.core.wmem_max=4194304",
                finding.toString());
    }

    @Test
    void everyProbeComesToAVerdictHere() {
        Examination.run()
                .forEach(finding -> assertTrue(
                        finding.verdict() != Finding.Verdict.FAIL
                                && !finding.toString().contains("could not be examined"),
                        finding.toString()));
    }
}
