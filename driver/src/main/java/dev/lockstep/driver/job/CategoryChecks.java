package dev.lockstep.driver.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether columns of categories fit what else a job reads. Ranges are found out when the data are read. */
final class CategoryChecks {
    private static final Set<String> WITHOUT_COLUMNS = Set.of(Source.RANDOM, Source.DIGITS, Source.IDX, "images");

    private CategoryChecks() {}

    static List<Flaw> of(Job job) {
        Data data = job.data();
        List<Flaw> flaws = new ArrayList<>();
        if (data.features().isNone() && data.categories().isEmpty()) {
            flaws.add(new Flaw("data.features", "must not be none without categories: features=none, categories=[]"));
        }
        if (data.features().isNone() && !data.preprocess().isEmpty()) {
            flaws.add(new Flaw(
                    "data.preprocess",
                    "is for numbers, and there are none: features=none, preprocess="
                            + data.preprocess().size()));
        }
        if (data.categories().isEmpty()) {
            return flaws;
        }
        if (data.features().groups().size() > 1) {
            flaws.add(new Flaw(
                    "data.categories",
                    "stand behind one group of features: groups="
                            + data.features().groups().size()));
        }
        if (WITHOUT_COLUMNS.contains(data.train().format())) {
            flaws.add(new Flaw(
                    "data.categories",
                    "are columns, and the format has none: format="
                            + data.train().format()));
        }
        List<String> features =
                data.features().groups().stream().flatMap(List::stream).toList();
        for (String column : data.categories().columns().keySet()) {
            if (features.contains(column) || data.label().contains(column)) {
                flaws.add(new Flaw(
                        "data.categories." + column,
                        "is a " + (features.contains(column) ? "feature" : "label") + " already: column=" + column));
            }
        }
        return flaws;
    }
}
