package dev.lockstep.driver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalHdfs;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Leases where a name node decides who was first. */
@Tag("spark")
class LeaseOnHdfsTest {
    private static LocalHdfs hdfs;

    @BeforeAll
    static void start() throws IOException {
        hdfs = LocalHdfs.of(LeaseOnHdfsTest.class);
    }

    @Test
    void ofManyOneHasANewOutput() throws Exception {
        assertOneHasIt(hdfs.path("new"));
    }

    @Test
    void ofManyOneSucceedsAnOwnerThatIsGone() throws Exception {
        Path folder = hdfs.path("left");
        Owner here = Owner.here();
        Owner gone = new Owner(here.host(), here.namespace(), 1L << 40, here.birth(), here.started(), 1, "gone");
        assertTrue(new LeaseFile(hdfs.files(), new Path(folder, OutputLease.FILE)).isMadeBy(gone));
        assertOneHasIt(folder);
    }

    private static void assertOneHasIt(Path folder) throws Exception {
        try (OutputLease lease = Contest.winner(owner -> OutputLease.take(folder, new Configuration(), owner))) {
            lease.requireHeld();
        }
        assertEquals(0, hdfs.files().listStatus(folder).length);
    }
}
