package dev.lockstep.driver.template;

import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.template.LabelLook.Classes;
import dev.lockstep.driver.template.LabelLook.Numbers;
import java.util.List;
import java.util.Locale;

/** A network of linear layers for the rows of a table. */
record TableJob(NewJob job, TableFacts facts, Columns chosen) {
    private static final int SMALL = 1000;
    private static final double LR = 0.005;
    private static final int MOST_CELLS = 20;
    /** Labels about as large as what a new network gives need no help. */
    private static final double NEAR = 3;

    String classifier(Classes classes) {
        JobText text = begin(classes.shown());
        if (!classes.balanced()) {
            text.line("  class_weight: balanced", "some classes are rarer than others");
        }
        List<Integer> hidden = hidden();
        model(text, hidden, classes.names().size(), "a score for each class")
                .line("loss: cross_entropy")
                .line("optimizer: {adam: {lr: " + LR + "}}");
        boolean small = classes.names().size() <= MOST_CELLS;
        text.line("metrics: [accuracy" + (small ? ", confusion_matrix]" : ", {f1: macro}]"));
        return NewJob.tail(text, Length.of(facts.rows()), job.name());
    }

    String regressor(Numbers numbers) {
        double mean = numbers.mean();
        double deviation = numbers.deviation() > 0 ? numbers.deviation() : 1;
        String about = String.format(Locale.ROOT, "mean %.4g, deviation %.4g", mean, deviation);
        JobText text = begin(about);
        List<Integer> hidden = hidden();
        model(text, hidden, 1, "the number");
        int last = 2 * hidden.size();
        boolean near = Math.abs(mean) < NEAR && deviation < NEAR && deviation > 1 / NEAR;
        if (!near) {
            double spread = deviation / Math.sqrt(hidden.get(hidden.size() - 1));
            text.comment(
                            "",
                            "Labels are far from 0 and 1, where a new network's outputs are: the last layer begins"
                                    + " at their mean and deviation, and learns in steps of that size.")
                    .line(String.format(
                            Locale.ROOT,
                            "init: {\"%d.weight\": {normal: {std: %s}}, \"%d.bias\": {constant: %s}}",
                            last,
                            figure(spread),
                            last,
                            figure(mean)));
        }
        text.line("loss: mse").line("optimizer:").line("  adam: {lr: " + LR + "}");
        if (!near) {
            text.line(String.format(Locale.ROOT, "  groups: {\"%d.*\": {lr: %s}}", last, figure(LR * deviation)));
        }
        text.line("metrics: [rmse, mae, r2]");
        return NewJob.tail(text, Length.of(facts.rows()), job.name());
    }

    /** As YAML wants a number, with four digits that count. */
    private static String figure(double value) {
        return JobText.yaml(Double.valueOf(String.format(Locale.ROOT, "%.4g", value)));
    }

    private List<Integer> hidden() {
        return facts.rows() < SMALL ? List.of(32) : List.of(64, 32);
    }

    private JobText begin(String labels) {
        JobText text = job.head(facts.rows() + " rows, " + facts.columns().size() + " columns")
                .line("data:")
                .line(job.train(source()))
                .line("  validation: {fraction: 0.2}", "measured by, and not learned from");
        columns(text, labels);
        if (!chosen.features().isEmpty()) {
            text.line("  preprocess: [standardize]", "each column to mean 0 and deviation 1");
        }
        return text;
    }

    private Source source() {
        return gapWord() == null ? facts.source() : facts.source().option("nullValue", gapWord());
    }

    /** What stands for a gap in a csv file, if it is a word. */
    private String gapWord() {
        return chosen.features().stream()
                .map(TableColumn::word)
                .filter(word -> word != null && !word.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** Label, features, categories and gaps. */
    void columns(JobText text, String labels) {
        text.line("  label: " + JobText.yaml(chosen.label().name()), chosen.told() + "; " + labels);
        List<String> all = facts.columns().stream().map(TableColumn::name).toList();
        List<String> features =
                chosen.features().stream().map(TableColumn::name).toList();
        text.line(
                "  features: " + (features.isEmpty() ? "none" : JobText.yaml(FeatureNames.of(all, features))),
                features.isEmpty() ? "no column of numbers" : features.size() + " of numbers");
        if (!chosen.categories().isEmpty()) {
            List<String> names =
                    chosen.categories().stream().map(TableColumn::name).toList();
            text.line("  categories: " + JobText.yaml(names), "text; each word has a vector that is learned");
        }
        chosen.leftOut().forEach((name, reason) -> text.comment("  ", "left out: " + name + " " + reason));
        List<String> gaps = gaps();
        if (!gaps.isEmpty()) {
            text.line("  missing: median", "in place of what is not there in " + String.join(", ", gaps));
        } else if (!features.isEmpty()) {
            text.line("  # missing: median", "so that the model takes data with gaps, of which these have none");
        }
    }

    private List<String> gaps() {
        return chosen.features().stream()
                .filter(column -> column.gaps() > 0
                        || column.word() != null && !column.word().isEmpty())
                .map(TableColumn::name)
                .toList();
    }

    private JobText model(JobText text, List<Integer> hidden, int outputs, String what) {
        StringBuilder layers = new StringBuilder("[");
        hidden.forEach(width -> layers.append("linear: ").append(width).append(", relu, "));
        return text.line("model:").line("  layers: " + layers + "linear: " + outputs + "]", "the last: " + what);
    }
}
