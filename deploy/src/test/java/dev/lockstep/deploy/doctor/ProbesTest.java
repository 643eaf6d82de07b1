package dev.lockstep.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.Model;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.job.Train;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.optim.Adam;
import dev.lockstep.worker.Engine;
import dev.lockstep.worker.layer.Linear;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbesTest {
    @Test
    void tooLittleSharedMemoryIsAFailureThatSaysHowToGetMore(@TempDir Path folder) throws IOException {
        Finding finding = StorageProbes.sharedMemory(folder, new SharedMemoryNeed(1L << 60, 1L << 60, "a job"));

        assertEquals(Finding.Verdict.FAIL, finding.verdict());
        assertTrue(finding.toString().contains(", wanted 1099511627776 MiB: a job. Give"), finding.toString());
        assertTrue(finding.toString().contains("--shm-size=1099511627776m"), finding.toString());
    }

    @Test
    void someSharedMemoryIsAWarning(@TempDir Path folder) throws IOException {
        Finding finding = StorageProbes.sharedMemory(folder, new SharedMemoryNeed(1L << 60, 0, "a job"));

        assertEquals(Finding.Verdict.WARN, finding.verdict());
    }

    /** Three processes' drivers, the links of two workers and two shards, and three vectors of a million floats. */
    @Test
    void whatAJobWantsOfSharedMemoryGrowsWithItsNetwork() {
        Job job = Job.of(
                new Data(new Source("digits")).label("y").shape(1000),
                Model.layers(new Linear(1000)),
                new CrossEntropy(),
                new Adam(),
                new Train(1, 8).workers(2));
        SharedMemoryNeed need = SharedMemoryNeed.of(job);
        assertEquals("train.workers=2, parameters=1001000", need.of());
        assertEquals(SharedMemoryNeed.USUAL.least(), need.least());
        assertEquals(SharedMemoryNeed.USUAL.enough(), need.enough(), "half of it is for the links");
        SharedMemoryNeed large = SharedMemoryNeed.of(job.model(Model.layers(new Linear(100_000))));
        assertEquals(SharedMemoryNeed.USUAL.enough() / 2 + 3 * 4 * 100_100_000L, large.enough());
    }

    @Test
    void aMissingFolderForSharedMemoryIsAWarning(@TempDir Path folder) throws IOException {
        Finding finding = StorageProbes.sharedMemory(folder.resolve("none"), SharedMemoryNeed.USUAL);

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
    @CsvSource({
        "16.0.2, FAIL, FAIL",
        "17.0.1, OK, OK",
        "22, OK, OK",
        "23, FAIL, OK",
        "25.0.3+9, FAIL, OK",
        "26-ea, FAIL, FAIL"
    })
    void onlyAJavaThatSparkRunsOnIsSound(String version, Finding.Verdict under3, Finding.Verdict under4) {
        Finding three = JvmProbes.version(Runtime.Version.parse(version), "/java", "3.5.6");
        Finding four = JvmProbes.version(Runtime.Version.parse(version), "/java", "4.2.0");

        assertEquals(under3, three.verdict());
        assertEquals(under4, four.verdict());
        assertEquals(under3 == Finding.Verdict.FAIL, three.toString().contains("Set JAVA_HOME to a JDK of 17 to 22"));
        assertEquals(under4 == Finding.Verdict.FAIL, four.toString().contains("Set JAVA_HOME to a JDK of 17 to 25"));
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
    void theFolderThatIsNamedForSharedMemoryIsTheOneThatIsExamined(@TempDir Path folder) throws IOException {
        SparkConf conf = new SparkConf(false).set("spark.lockstep.directory", folder.toString());

        assertTrue(
                StorageProbes.sharedMemory(conf, SharedMemoryNeed.USUAL).found().contains(" MiB free in " + folder));
    }

    @ParameterizedTest
    @CsvSource({"AVX2, OK", "AVX512, OK", "DEFAULT, WARN"})
    void aProcessorWithoutWideRegistersIsAWarning(String instructions, Finding.Verdict verdict) {
        assertEquals(verdict, EngineProbes.processor(instructions).verdict());
    }

    @Test
    void aJobForGpusFailsWhereThereIsNone() {
        assumeTrue(Engine.load().gpus() == 0, "this machine has a GPU");
        Needs needs = new Needs(SharedMemoryNeed.USUAL, 1, 1, /* cuda */ true, null);
        Finding finding = EngineProbes.gpu(needs);

        assertEquals(Finding.Verdict.FAIL, finding.verdict());
        assertTrue(finding.toString().contains("libtorch sees no GPU"), finding.toString());
    }

    @Test
    void everyProbeComesToAVerdictHere() {
        Examination.run(Needs.USUAL, new SparkConf(false))
                .forEach(finding -> assertTrue(
                        finding.verdict() != Finding.Verdict.FAIL
                                && !finding.toString().contains("could not be examined"),
                        finding.toString()));
    }

    @Test
    void aMachineThatTrainsAloneIsNotWarnedOfItsNetwork() {
        Finding mtu = Examination.alone(NetworkProbes.mtu(1280, "eth0 1280"));
        assertEquals(Finding.Verdict.OK, mtu.verdict());
        assertEquals("eth0 1280, a frame between machines needs 1436; on one machine it does not matter", mtu.found());
        Finding buffers = NetworkProbes.buffers(1 << 16, 1 << 16);
        assertEquals(Finding.Verdict.OK, Examination.alone(buffers).verdict());
        Finding other = Finding.warn("heap", "small", "-Xmx");
        assertEquals(other, Examination.alone(other));
    }

    @Test
    void libtorchSaysItsVersion() {
        String found = EngineProbes.library().found();

        assertTrue(found.matches("\\d+\\.\\d+\\.\\d+.*, loaded in \\d+ ms"), found);
    }
}
