package dev.lockstep.driver.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model, data and predictions in a real HDFS, which runs in this process. */
@Tag("spark")
class HdfsPredictionsTest {
    @TempDir
    private Path folder;

    @Test
    void modelDataAndPredictionsAreThere() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
        MiniDFSCluster cluster =
                new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        try {
            cluster.waitActive();
            FileSystem files = cluster.getFileSystem();
            String root = files.getUri().toString();
            ModelFolder there = new ModelFolder(new org.apache.hadoop.fs.Path(root + "/model"), configuration);
            there.write(SmallModel.colours(new Features(List.of(List.of("a", "b", "c")))));
            write(files, "/data/1.csv", "id,a,b,c\n0,1,2,3\n");
            write(files, "/data/2.csv", "id,a,b,c\n1,2,2,3\n2,3,2,3\n3,4,5,6\n");

            Evaluation evaluation = new Evaluation(LocalSpark.session(), there.read());
            try (Predictions predictions = evaluation.predict(new Source(root + "/data", "csv", Map.of()), List.of())) {
                predictions.write("parquet", root + "/out.parquet");
            }
            List<Row> rows = LocalSpark.session()
                    .read()
                    .parquet(root + "/out.parquet")
                    .orderBy("id")
                    .collectAsList();
            assertEquals(
                    List.of("id", "a", "b", "c", "prediction", "predicted_label", "p0", "p1", "p2"),
                    List.of(rows.get(0).schema().fieldNames()));
            assertEquals(4, rows.size());
            assertEquals("6", rows.get(3).<String>getAs("c"));
        } finally {
            cluster.shutdown();
        }
    }

    private static void write(FileSystem files, String path, String text) throws IOException {
        try (OutputStream out = files.create(new org.apache.hadoop.fs.Path(path))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
