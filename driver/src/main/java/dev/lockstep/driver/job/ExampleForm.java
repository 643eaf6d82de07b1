package dev.lockstep.driver.job;

import dev.lockstep.driver.data.encoding.Vocabulary;
import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.driver.data.preprocess.Preprocessors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a network gets of an example: numbers and, behind them, a whole number for each column of categories.
 *
 * @param shape of the numbers; {@code [0]} where there are none
 * @param columns that the numbers are of, in order, where each is one number; else empty
 * @param categories of each column of them
 */
public record ExampleForm(List<Integer> shape, List<String> columns, List<Vocabulary> categories) {
    /** Of an example without numbers. */
    public static final List<Integer> NO_NUMBERS = List.of(0);

    public ExampleForm {
        shape = List.copyOf(shape);
        columns = List.copyOf(columns);
        categories = List.copyOf(categories);
    }

    /** Of numbers alone. */
    public ExampleForm(List<Integer> shape) {
        this(shape, List.of(), List.of());
    }

    /**
     * As examples of a table become.
     *
     * @param shape of the numbers before preprocessing
     * @param features columns that the numbers are of, group by group
     */
    public static ExampleForm of(
            List<Integer> shape, List<List<String>> features, Preprocess preprocess, List<Vocabulary> categories) {
        int width = size(shape);
        int prepared = preprocess.outputWidth(width + categories.size()) - categories.size();
        boolean told = features.size() == 1 && features.get(0).size() == width && !preprocess.mixes();
        return new ExampleForm(
                prepared == width ? shape : List.of(prepared), told ? features.get(0) : List.of(), categories);
    }

    /**
     * As far as a job tells it before its data are read: with one category in each column. Nothing where the width of
     * vectors, or which columns there are, is not told.
     *
     * @param shape of the numbers before preprocessing
     */
    static Optional<ExampleForm> told(Job job, List<Integer> shape) {
        Data data = job.data();
        boolean names = Stream.concat(
                        data.features().groups().stream().flatMap(List::stream),
                        data.categories().columns().keySet().stream())
                .noneMatch(column -> column.contains(".."));
        boolean widths = data.categories().columns().values().stream().allMatch(category -> category.size() != null);
        if (!widths
                || (!names
                        && !(data.categories().isEmpty() && job.model().inputs().isEmpty()))) {
            return Optional.empty();
        }
        return Optional.of(sketched(job, shape));
    }

    /**
     * The same where it is not told: with one number for each vector, for what does not depend on that.
     *
     * @param shape of the numbers before preprocessing
     */
    public static ExampleForm sketched(Job job, List<Integer> shape) {
        Data data = job.data();
        List<Vocabulary> categories = new ArrayList<>();
        data.categories()
                .columns()
                .forEach((column, category) -> categories.add(new Vocabulary(
                        column, category.size() == null ? 1 : category.size(), category.sparse(), List.of())));
        boolean told = data.features().groups().size() == 1
                && data.features().groups().get(0).size() == size(shape);
        return new ExampleForm(
                Preprocessors.outputShape(data.preprocess(), shape),
                told ? data.features().groups().get(0) : List.of(),
                categories);
    }

    /** Extents of one example, flat where it has categories. */
    public List<Integer> example() {
        return categories.isEmpty() ? shape : List.of(Math.addExact(numbers(), categories.size()));
    }

    int numbers() {
        return size(shape);
    }

    private static int size(List<Integer> shape) {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
