package dev.lockstep.driver.template;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.rows.Unreadable;
import dev.lockstep.driver.data.source.ImageFacts;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.template.LabelLook.Classes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * A job file for data at hand, as text.
 *
 * @param name of the job
 * @param source the data, at a path that can be read now
 * @param path of the same data as the file is to have it
 * @param label the column of the labels; null to guess it
 */
public record NewJob(String name, Template template, Source source, String path, String label) {
    private static final Set<String> IMAGES = Set.of(Source.IDX, "images");

    /** @throws dev.lockstep.driver.LockstepException if the data do not fit the template, and says which would */
    public String text(SparkSession spark) {
        boolean isImages = IMAGES.contains(source.format());
        if (isImages && template != Template.IMAGE) {
            throw new JobFileException("Template does not fit the data: template="
                    + template.name().toLowerCase(Locale.ROOT) + ", " + source.describe()
                    + ". Take the template image.");
        }
        return isImages ? images(spark.sparkContext().hadoopConfiguration()) : table(spark);
    }

    private String images(Configuration hadoop) {
        ImageFacts facts = ImageFacts.of(source, hadoop);
        return new ImageJob(this, facts.images(), new Classes(facts.classes(), /* balanced */ true))
                .text(source, facts.shape(), /* columns */ null);
    }

    private String table(SparkSession spark) {
        TableFacts facts = Unreadable.reading(source, () -> TableFacts.of(spark, source));
        Columns columns = Columns.of(facts, label);
        return switch (template) {
            case CLASSIFIER -> new TableJob(this, facts, columns).classifier(LabelLook.classes(facts, columns.label()));
            case REGRESSOR -> new TableJob(this, facts, columns).regressor(LabelLook.numbers(facts, columns.label()));
            case IMAGE ->
                new ImageJob(this, facts.rows(), LabelLook.classes(facts, columns.label()))
                        .text(facts.source(), square(columns), new TableJob(this, facts, columns));
        };
    }

    /** The shape of images whose pixels are columns. */
    private List<Integer> square(Columns columns) {
        int pixels = columns.features().size();
        for (int channels : List.of(1, 3)) {
            int side = (int) Math.round(Math.sqrt(pixels / (double) channels));
            if (pixels > 0 && channels * side * side == pixels) {
                return List.of(channels, side, side);
            }
        }
        throw new JobFileException("Columns of numbers must be the pixels of a square: " + source.describe()
                + ", columns=" + pixels + ". Take the template classifier.");
    }

    /** The lines that begin every file. */
    JobText head(String seen) {
        return new JobText()
                .comment(
                        "",
                        "Made by lockstep new " + template.name().toLowerCase(Locale.ROOT) + " for " + path + ": "
                                + seen + ". docs/job-file.md has every key.")
                .line("name: " + JobText.yaml(name));
    }

    /** The source as the file has it. */
    String train(Source readable) {
        StringBuilder train = new StringBuilder("  train: {path: " + JobText.yaml(path));
        boolean told = new Source(path).format().equals(readable.format());
        if (!told) {
            train.append(", format: ").append(JobText.yaml(readable.format()));
        }
        if (!readable.options().isEmpty()) {
            train.append(", options: ").append(JobText.yaml(readable.options()));
        }
        return train.append('}').toString();
    }

    /** Where a job of this name writes, in the working directory of its training. */
    public static String output(String name) {
        return "runs/" + name;
    }

    /** The lines that end every file. */
    static String tail(JobText text, Length length, String name) {
        return text.line("train:")
                .line("  epochs: " + length.epochs(), "at most")
                .line("  batch: " + length.batch(), "examples of a step, of all workers together")
                .line("  workers: 2", "tasks of Spark; with any number the network learns the same")
                .line("  seed: 1", "of everything random")
                .line("  early_stopping: {patience: 10}", "epochs without a better loss on the validation rows")
                .line("# checkpoint: {every: 1 epoch, keep: 3}", "what --resume goes on from")
                .line("output: " + JobText.yaml(output(name)))
                .toString();
    }
}
