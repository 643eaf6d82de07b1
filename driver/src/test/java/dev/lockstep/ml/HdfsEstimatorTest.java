package dev.lockstep.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalHdfs;
import dev.lockstep.driver.data.LocalSpark;
import java.io.IOException;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An estimator whose data, job, checkpoints, models and predictions are in a real HDFS, which runs in this process. */
@Tag("spark")
class HdfsEstimatorTest {
    private static final String JOB =
            """
            model: {layers: [linear: 8, relu, linear]}
            optimizer: {adam: {lr: 0.05}}
            train: {epochs: 12, batch: 32, seed: 3}
            """;

    @Test
    void everythingIsReadFromThereAndWrittenThere() throws IOException {
        LocalHdfs hdfs = LocalHdfs.of(HdfsEstimatorTest.class);
        hdfs.write("job.yaml", JOB);
        Tables.clouds(90).drop("label").write().parquet(hdfs.uri("clouds.parquet"));
        Dataset<Row> rows = LocalSpark.session().read().parquet(hdfs.uri("clouds.parquet"));
        LockstepClassifier network =
                new LockstepClassifier().setJob(hdfs.uri("job.yaml")).setCheckpointDir(hdfs.uri("checkpoints"));
        StringIndexer indexer = new StringIndexer().setInputCol("name").setOutputCol("label");
        PipelineModel model =
                new Pipeline().setStages(new PipelineStage[] {indexer, network}).fit(rows);
        assertTrue(hdfs.files().exists(hdfs.path("checkpoints")), "checkpoints were written");
        assertEquals(0, hdfs.files().globStatus(hdfs.path("checkpoints/step-*")).length, "and are of no use any more");

        model.write().save(hdfs.uri("model"));
        said(PipelineModel.load(hdfs.uri("model")), rows).write().parquet(hdfs.uri("predictions.parquet"));
        Dataset<Row> read = LocalSpark.session().read().parquet(hdfs.uri("predictions.parquet"));
        Frames.assertSame(said(model, rows).orderBy("id"), read.orderBy("id"));
        assertTrue(model.transform(rows).filter("prediction = label").count() > 85);
    }

    private static Dataset<Row> said(PipelineModel model, Dataset<Row> rows) {
        return model.transform(rows).select("id", "prediction", "probability");
    }
}
