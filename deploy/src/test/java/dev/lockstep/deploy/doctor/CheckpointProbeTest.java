package dev.lockstep.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointProbeTest {
    private final Configuration hadoop = new Configuration();

    @TempDir
    private Path folder;

    @Test
    void aFolderThatIsStillToBeMadeIsTriedWhereItWillBeAndNothingStays() throws IOException {
        Finding finding = CheckpointProbe.examine(folder + "/runs/a/checkpoints", hadoop);

        assertEquals(Finding.Verdict.OK, finding.verdict(), finding::toString);
        assertEquals("written, renamed, listed and deleted in file:" + folder, finding.found());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    /** Not even root writes there. */
    @Test
    void aFolderThatCannotBeWrittenIsAFailureThatNamesIt() {
        Finding finding = CheckpointProbe.examine("/proc/checkpoints", hadoop);

        assertEquals(Finding.Verdict.FAIL, finding.verdict());
        assertTrue(finding.found().contains("/proc/checkpoints: "), finding::toString);
        assertTrue(finding.fix().endsWith("checkpoint.dir"), finding::toString);
    }

    @Test
    void aFileSystemThatNobodyKnowsIsAFailure() {
        Finding finding = CheckpointProbe.examine("nonesuch://host/checkpoints", hadoop);

        assertEquals(Finding.Verdict.FAIL, finding.verdict());
        assertTrue(finding.found().contains("nonesuch"), finding::toString);
    }

    @Test
    void aFileSystemThatDoesNotAnswerIsGivenUp() {
        hadoop.set("fs.silent.impl", Silent.class.getName());
        hadoop.set("fs.silent.impl.disable.cache", "true");
        Finding finding = CheckpointProbe.examine("silent:///checkpoints", hadoop, Duration.ofMillis(200));

        assertEquals(
                "fail  checkpoints      no answer from silent:///checkpoints in 0 s. Let the driver's user write there,"
                        + " or name another folder: checkpoint.dir",
                finding.toString());
    }

    /** Answers no question. */
    public static final class Silent extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("silent:///");
        }

        @Override
        public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
            try {
                new CountDownLatch(1).await();
                throw new AssertionError();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
