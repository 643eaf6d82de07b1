package dev.lockstep.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({"16.0.2, FAIL", "17.0.1, OK", "22, OK", "23, FAIL", "25.0.3+9, FAIL"})
    void onlyAJavaThatSparkRunsOnIsSound(String version, Finding.Verdict verdict) {
        Finding finding = JvmProbes.version(Runtime.Version.parse(version), "/java");

        assertEquals(verdict, finding.verdict());
        assertEquals(
                verdict == Finding.Verdict.FAIL, finding.toString().contains("Set JAVA_HOME to a JDK of 17 to 22"));
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, OK", "ANSI_X3.4-1968, WARN", "ISO-8859-1, WARN", "none-such, WARN"})
    void fileNamesNeedEveryLetter(String encoding, Finding.Verdict verdict) {
        Finding finding = JvmProbes.encoding(encoding);

        assertEquals(verdict, finding.verdict());
        assertEquals(verdict == Finding.Verdict.WARN, finding.toString().contains("LC_ALL=C.UTF-8"));
    }

    @Test
    void aUserWithoutANameIsAWarning() {
        assertEquals(
                Finding.Verdict.OK, JvmProbes.user("ann", /* isKnown */ true).verdict());
        assertEquals(
                "warn  user             uid-7, whose id has no entry in passwd. Executors need one, as local-cluster"
                        + " starts them: add a line for the id to /etc/passwd",
                JvmProbes.user("uid-7", /* isKnown */ false).toString());
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
