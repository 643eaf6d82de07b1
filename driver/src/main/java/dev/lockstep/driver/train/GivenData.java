package dev.lockstep.driver.train;

import static org.apache.spark.sql.functions.lit;

import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.job.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows that a program gives for those that its job names: under names in Spark's catalog, as long as it is open. */
final class GivenData implements AutoCloseable {
    private final SparkSession spark;
    private final Dataset<Row> training;
    private final Dataset<Row> validation;
    private final List<String> views = new ArrayList<>();

    /**
     * Names nothing yet.
     *
     * @param training null for what the job says
     * @param validation null for what the job says
     */
    GivenData(SparkSession spark, Dataset<Row> training, Dataset<Row> validation) {
        this.spark = spark;
        this.training = training;
        this.validation = validation;
    }

    /** The job with their names. */
    Job in(Job job) {
        Data data = job.data();
        if (training != null) {
            data = data.train(named("training_data_", training));
        }
        if (validation != null) {
            data = data.validation(Validation.from(named("validation_data_", validation)));
        }
        return job.data(data);
    }

    /**
     * A global one is known in all of a program's sessions, that of the rows and that of the run. Of a filter that all
     * rows pass, as Spark forgets what it has cached of a view's own rows when the view is dropped.
     */
    private Source named(String prefix, Dataset<Row> rows) {
        String view = prefix + UUID.randomUUID().toString().replace("-", "");
        rows.where(lit(true)).createOrReplaceGlobalTempView(view);
        views.add(view);
        return Source.table(spark.conf().get("spark.sql.globalTempDatabase") + "." + view);
    }

    @Override
    public void close() {
        views.forEach(view -> spark.catalog().dropGlobalTempView(view));
    }
}
