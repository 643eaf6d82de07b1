package dev.lockstep.deploy;

import dev.lockstep.driver.model.Evaluation;
import dev.lockstep.driver.model.Measured;
import dev.lockstep.driver.model.TrainedModel;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lockstep evaluate}: the loss and the metrics of a trained model on other data. */
@Command(name = "evaluate", description = "Measure a trained model on labelled data.")
final class EvaluateCommand implements Runnable {
    @Mixin
    private ModelOption model;

    @Mixin
    private SourceOptions data;

    @Mixin
    private GapsOption gaps;

    @Mixin
    private MasterOption master;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        try (OpenSession session = Sessions.open("evaluate", master.value(), /* workers */ 1)) {
            SparkSession spark = session.spark();
            TrainedModel trained = gaps.in(model.read(spark.sparkContext().hadoopConfiguration()));
            Measured measured = new Evaluation(spark, trained).measure(data.source());
            PrintWriter out = spec.commandLine().getOut();
            measured.figures().forEach((name, figure) -> out.printf(Locale.ROOT, "%s %.6g%n", name, figure));
            List<String> classes = trained.file().encoding().classes().names();
            if (!measured.tables().isEmpty() && !classes.isEmpty()) {
                out.println("classes " + classes);
            }
            measured.tables().forEach((name, rows) -> out.println(name + " " + rows));
        }
    }
}
