package dev.lockstep.driver.job;

import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.data.preprocess.Preprocessor;
import dev.lockstep.driver.yaml.RecordChange;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The examples and how a row becomes one.
 *
 * @param validation null for none
 * @param categories columns whose values are categories and no numbers
 * @param label columns of the target; empty where there is none or the format knows it
 * @param weight column of what each row counts in the loss and the metrics; null where all count the same
 * @param classWeight what classes count in the loss; null where the loss says it
 * @param missing what becomes of gaps in features
 * @param shape extents of one example; empty for as many numbers as there are features
 * @param preprocess in this order, fitted to the training data alone
 * @param shuffle whether each epoch has an order of its own
 */
public record Data(
        Source train,
        Validation validation,
        Features features,
        Categories categories,
        List<String> label,
        String weight,
        ClassWeight classWeight,
        Missing missing,
        List<Integer> shape,
        List<Preprocessor> preprocess,
        boolean shuffle)
        implements Serializable {

    public Data {
        Objects.requireNonNull(features);
        categories = categories == null ? Categories.NONE : categories;
        label = List.copyOf(label);
        missing = missing == null ? Missing.REFUSED : missing;
        shape = List.copyOf(shape);
        preprocess = List.copyOf(preprocess);
        ExampleShape.require(shape);
    }

    public Data(Source train) {
        this(
                train,
                null,
                Features.ALL,
                Categories.NONE,
                List.of(),
                null,
                null,
                Missing.REFUSED,
                List.of(),
                List.of(),
                true);
    }

    public Data validation(Validation changed) {
        return RecordChange.change(this, "validation", changed);
    }

    /** Columns of the one input. */
    public Data features(String... columns) {
        return features(Features.of(columns));
    }

    public Data features(Features changed) {
        return RecordChange.change(this, "features", changed);
    }

    /** Columns whose values are categories. */
    public Data categories(String... columns) {
        return categories(Categories.of(columns));
    }

    public Data categories(Categories changed) {
        return RecordChange.change(this, "categories", changed);
    }

    public Data label(String... columns) {
        return RecordChange.change(this, "label", List.of(columns));
    }

    /** The column of what each row counts. */
    public Data weight(String column) {
        return RecordChange.change(this, "weight", column);
    }

    public Data classWeight(ClassWeight changed) {
        return RecordChange.change(this, "classWeight", changed);
    }

    public Data missing(Missing changed) {
        return RecordChange.change(this, "missing", changed);
    }

    public Data shape(Integer... extents) {
        return RecordChange.change(this, "shape", List.of(extents));
    }

    public Data preprocess(Preprocessor... steps) {
        return RecordChange.change(this, "preprocess", List.of(steps));
    }

    public Data shuffle(boolean changed) {
        return RecordChange.change(this, "shuffle", changed);
    }

    /** Extents of one example before preprocessing, where the job says so much. */
    public Optional<List<Integer>> toldShape() {
        if (!shape.isEmpty()) {
            return Optional.of(shape);
        }
        if (features.isNone()) {
            return Optional.of(ExampleForm.NO_NUMBERS);
        }
        OptionalInt width = features.groups().isEmpty()
                ? OptionalInt.empty()
                : Widths.ofFeatures(train, features.groups().get(0));
        return width.isPresent() ? Optional.of(List.of(width.getAsInt())) : Optional.empty();
    }

    public Data train(Source changed) {
        return RecordChange.change(this, "train", changed);
    }
}
