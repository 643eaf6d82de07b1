package dev.lockstep.driver.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.driver.data.LocalHdfs;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.Source;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Model, data and predictions in a real HDFS, which runs in this process. */
@Tag("spark")
class HdfsPredictionsTest {
    @Test
    void modelDataAndPredictionsAreThere() throws IOException {
        LocalHdfs hdfs = LocalHdfs.of(HdfsPredictionsTest.class);
        ModelFolder there = new ModelFolder(hdfs.path("model"), hdfs.files().getConf());
        there.write(SmallModel.colours(new Features(List.of(List.of("a", "b", "c")))));
        hdfs.write("data/1.csv", "id,a,b,c\n0,1,2,3\n");
        hdfs.write("data/2.csv", "id,a,b,c\n1,2,2,3\n2,3,2,3\n3,4,5,6\n");

        Evaluation evaluation = new Evaluation(LocalSpark.session(), there.read());
        try (Predictions predictions = evaluation.predict(new Source(hdfs.uri("data"), "csv", Map.of()), List.of())) {
            predictions.write("parquet", hdfs.uri("out.parquet"));
        }
        List<Row> rows = LocalSpark.session()
                .read()
                .parquet(hdfs.uri("out.parquet"))
                .orderBy("id")
                .collectAsList();
        assertEquals(
                List.of("id", "a", "b", "c", "prediction", "predicted_label", "p_red", "p_green", "p_blue"),
                List.of(rows.get(0).schema().fieldNames()));
        assertEquals(4, rows.size());
        assertEquals(6L, rows.get(3).<Long>getAs("c"), "a column of numbers");
    }
}
