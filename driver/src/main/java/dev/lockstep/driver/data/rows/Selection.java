package dev.lockstep.driver.data.rows;

import dev.lockstep.driver.data.encoding.Encoding;
import dev.lockstep.driver.job.Categories;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.yaml.RecordChange;
import java.util.List;

/**
 * What is taken from each row.
 *
 * @param features names or ranges of columns, in up to 3 groups; empty for every column but the label
 * @param categories columns of categories of which nothing is known yet; none where the encoding has them
 * @param label names of columns, empty if the format has a label of its own or if there is none
 * @param weight column of what each row counts, null where all count the same
 * @param shape of one example, empty to take the columns as a vector
 * @param encoding how cells are read, as a model knows it; of training data what the job says of it
 * @param exact whether features keep all digits of a double, for what will be preprocessed
 * @param indices features are whole numbers from 0 to below this; 0 where they may be any numbers
 */
public record Selection(
        List<List<String>> features,
        Categories categories,
        List<String> label,
        String weight,
        TargetSpec targets,
        List<Integer> shape,
        Encoding encoding,
        boolean exact,
        int indices) {

    public Selection(List<List<String>> features, List<String> label, TargetSpec targets, List<Integer> shape) {
        this(
                features,
                Categories.NONE,
                label, /* weight */
                null,
                targets,
                shape,
                Encoding.NONE, /* exact */
                false, /* indices */
                0);
    }

    public static Selection of(Data data, TargetSpec targets) {
        return new Selection(data.features().groups(), data.label(), targets, data.shape())
                .categories(data.categories())
                .weight(data.weight())
                .encoding(Encoding.NONE.missing(data.missing()))
                .exact(!data.preprocess().isEmpty());
    }

    /** Numbers that {@code shape} has room for, 0 if there is no shape. */
    public int width() {
        return shape.isEmpty() ? 0 : shape.stream().reduce(1, Math::multiplyExact);
    }

    public Selection features(List<List<String>> changed) {
        return RecordChange.change(this, "features", changed);
    }

    public Selection categories(Categories changed) {
        return RecordChange.change(this, "categories", changed);
    }

    public boolean hasCategories() {
        return !categories.isEmpty() || !encoding.categories().isEmpty();
    }

    public Selection label(List<String> changed) {
        return RecordChange.change(this, "label", changed);
    }

    public Selection weight(String changed) {
        return RecordChange.change(this, "weight", changed);
    }

    public Selection targets(TargetSpec changed) {
        return RecordChange.change(this, "targets", changed);
    }

    public Selection shape(List<Integer> changed) {
        return RecordChange.change(this, "shape", changed);
    }

    public Selection encoding(Encoding changed) {
        return RecordChange.change(this, "encoding", changed);
    }

    public Selection exact(boolean changed) {
        return RecordChange.change(this, "exact", changed);
    }

    public Selection indices(int changed) {
        return RecordChange.change(this, "indices", changed);
    }
}
