package dev.lockstep.deploy;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.model.Evaluation;
import dev.lockstep.driver.model.Predictions;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.WrittenRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep predict}: a trained model's outputs for each example, in the data's order. */
@Command(name = "predict", description = "Write a trained model's predictions for data without labels.")
final class PredictCommand implements Runnable {
    private static final Set<String> FORMATS = Set.of("csv", "json", "parquet", "orc");

    @Mixin
    private ModelOption model;

    @Mixin
    private SourceOptions data;

    @Mixin
    private GapsOption gaps;

    @Mixin
    private MasterOption master;

    @Option(
            names = "--output",
            paramLabel = "PATH",
            required = true,
            description =
                    "A folder that does not exist yet; its ending names the format: .csv, .json, .parquet or .orc.")
    private String output;

    @Option(
            names = "--keep",
            paramLabel = "COLUMNS",
            split = ",",
            description = "Columns of the data to stand before the predictions, as id,city or x0..x3. Default: all.")
    private List<String> keep = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        String format = output.substring(output.lastIndexOf('.') + 1);
        if (!FORMATS.contains(format)) {
            throw new JobFileException(
                    "--output must end in .csv, .json, .parquet or .orc, which names the format: output=" + output);
        }
        try (OpenSession session = Sessions.open("predict", master.value(), /* workers */ 1)) {
            SparkSession spark = session.spark();
            Configuration hadoop = spark.sparkContext().hadoopConfiguration();
            requireNew(new Path(output), hadoop);
            TrainedModel trained = gaps.in(model.read(hadoop));
            try (Predictions predictions = new Evaluation(spark, trained).predict(data.source(), keep)) {
                tell(format, predictions.write(format, output));
            }
        }
    }

    private void tell(String format, Optional<WrittenRows> written) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("predictions: " + output + " ("
                + written.map(PredictCommand::shown).orElse("") + "a folder of " + format + " files)");
        out.flush();
    }

    private static String shown(WrittenRows written) {
        long without = written.rows() - written.predicted();
        String all = String.format(Locale.ROOT, "%,d rows", written.rows());
        return all
                + (without == 0 ? "" : String.format(Locale.ROOT, ", %,d of them with gaps and no prediction", without))
                + ", in ";
    }

    /** Finds out before the work is done whether its result can be written. */
    private static void requireNew(Path folder, Configuration hadoop) {
        try {
            FileSystem files = folder.getFileSystem(hadoop);
            if (files.exists(folder)) {
                throw new JobFileException(
                        "--output must not be there yet: output=" + folder + ". Remove it or name another.");
            }
            if (!files.mkdirs(folder)) {
                throw new JobFileException("--output cannot be made: output=" + folder);
            }
            files.delete(folder, /* recursive */ false);
        } catch (IOException e) {
            throw new JobFileException("--output cannot be made: output=" + folder + ", reason=" + e.getMessage(), e);
        }
    }
}
