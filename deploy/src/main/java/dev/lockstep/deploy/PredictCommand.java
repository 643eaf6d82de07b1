package dev.lockstep.deploy;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.model.Evaluation;
import dev.lockstep.driver.model.TrainedModel;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lockstep predict}: a trained model's outputs for each example, in the data's order. */
@Command(name = "predict", description = "Write a trained model's predictions for data without labels.")
final class PredictCommand implements Runnable {
    private static final Set<String> FORMATS = Set.of("csv", "json", "parquet", "orc");

    @Mixin
    private ModelOption model;

    @Mixin
    private SourceOptions data;

    @Mixin
    private MasterOption master;

    @Option(
            names = "--output",
            paramLabel = "PATH",
            required = true,
            description =
                    "A folder that does not exist yet; its ending names the format: .csv, .json, .parquet or .orc.")
    private String output;

    @Override
    public void run() {
        String format = output.substring(output.lastIndexOf('.') + 1);
        if (!FORMATS.contains(format)) {
            throw new JobFileException(
                    "--output must end in .csv, .json, .parquet or .orc, which names the format: output=" + output);
        }
        try (SparkSession spark = Sessions.open("predict", master.value(), /* workers */ 1)) {
            TrainedModel trained = model.read(spark.sparkContext().hadoopConfiguration());
            new Evaluation(spark, trained)
                    .predict(data.source())
                    .write()
                    .format(format)
                    .option("header", true)
                    .save(output);
        }
    }
}
