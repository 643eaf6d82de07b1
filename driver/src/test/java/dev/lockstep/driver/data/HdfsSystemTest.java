package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.digits.IdxWriter;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reads from a real name node and data node, which run in this process. */
@Tag("spark")
class HdfsSystemTest {
    private static LocalHdfs hdfs;

    @BeforeAll
    static void start() throws IOException {
        hdfs = LocalHdfs.of(HdfsSystemTest.class);
    }

    @Test
    void csvIsRead() throws IOException {
        hdfs.write("csv/b.csv", "x,y\n3,1\n");
        hdfs.write("csv/a.csv", "x,y\n1,0\n2,1\n");
        Data data = new Data(new Source(hdfs.uri("csv"), "csv", Map.of()))
                .features("x")
                .label("y")
                .shuffle(false);
        assertEquals(
                List.of(List.of(1f, 0f), List.of(2f, 1f), List.of(3f, 1f)),
                Loaded.rows(load(data).training()));
    }

    @Test
    void idxIsRead() throws IOException {
        idx("digits-images-idx3-ubyte", new byte[] {1, 2, 3, 4, 5, 6}, 3, 1, 2);
        idx("digits-labels-idx1-ubyte", new byte[] {0, 1, 1}, 3);
        Data data = new Data(new Source(hdfs.uri("digits-images-idx3-ubyte"), "idx", Map.of())).shuffle(false);
        assertEquals(List.of(5f, 6f, 1f), Loaded.rows(load(data).training()).get(2));
    }

    @Test
    void aBadValueNamesTheFile() throws IOException {
        hdfs.write("bad/a.csv", "x,y\n1,0\n?,1\n");
        Data data = new Data(new Source(hdfs.uri("bad"), "csv", Map.of()))
                .features("x")
                .label("y");
        String message = assertThrows(DataException.class, () -> load(data)).getMessage();
        assertTrue(message.startsWith("Value must be a number: file=hdfs://"), message);
        assertTrue(message.endsWith("/bad/a.csv, row=2, column=x, value=?"), message);
    }

    private static TrainingData load(Data data) {
        return TrainingData.load(LocalSpark.session(), data, TargetSpec.classes(2), new DealSettings(2, 2, 1));
    }

    private static void idx(String path, byte[] values, int... extents) throws IOException {
        try (OutputStream out = hdfs.files().create(hdfs.path(path));
                IdxWriter writer = new IdxWriter(out, extents)) {
            writer.write(values);
        }
    }
}
