package dev.lockstep.driver.model;

import dev.lockstep.driver.data.encoding.CategoryNumbers;
import dev.lockstep.driver.data.encoding.CategoryWord;
import dev.lockstep.driver.data.encoding.ClassNames;
import dev.lockstep.driver.data.encoding.Vocabulary;
import dev.lockstep.driver.data.source.table.CellsByName;
import dev.lockstep.worker.Device;
import dev.lockstep.worker.ReplicaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A trained model for programs that serve predictions: a folder in, arrays in, arrays out. Needs neither Spark nor
 * Hadoop, not even their classes. Any number of threads at once; the weights are in native memory once.
 *
 * <p>An example is an array of its numbers in the order of {@link #features}, before preprocessing, which is applied
 * here; behind them is the {@link #category} of each of the {@link #categories}. What comes out is what the network's
 * numbers stand for: the probability of each class where the loss knows one, else the estimates; of an ensemble their
 * mean.
 */
public final class Predictor implements AutoCloseable {
    private final TrainedModel model;
    private final Outcome outcome;
    private final Committee committee;
    private final int groups;
    private final int width;
    private final List<CategoryNumbers> numbers;
    private final NumberRule rule;

    private Predictor(TrainedModel model, int threads) {
        this.model = model;
        this.outcome = Outcome.of(model.file(), model.network().outputShape());
        this.groups = Math.max(1, model.file().features().groups().size());
        this.numbers = model.file().encoding().categories().stream()
                .map(CategoryNumbers::new)
                .toList();
        this.width = model.file().shape().stream().reduce(1, Math::multiplyExact) + numbers.size();
        this.rule = NumberRule.of(model);
        this.committee = new Committee(
                model.network(),
                model.file().objective(),
                ServedModel.vectors(model),
                new ReplicaSettings(threads, Device.CPU));
    }

    /**
     * Reads the folder that a training leaves as {@code OUTPUT/model}. Each prediction is computed by the thread that
     * asks for it.
     *
     * @throws dev.lockstep.driver.DataException if there is no model in the folder
     */
    public static Predictor load(Path folder) throws IOException {
        return load(folder, /* threads */ 1);
    }

    /** @param threads that compute one prediction, for large networks and few callers */
    public static Predictor load(Path folder, int threads) throws IOException {
        return new Predictor(ModelReader.of(folder).read(), threads);
    }

    /** Names of the columns that were trained on, group by group; empty where the data had none. */
    public List<List<String>> features() {
        return model.file().features().groups();
    }

    /** Names of the columns of categories, in their order. */
    public List<String> categories() {
        return model.file().encoding().categories().stream()
                .map(Vocabulary::column)
                .toList();
    }

    /**
     * The number of a category; 0 where training had no such, and for null.
     *
     * @param column its place in {@link #categories}
     * @param value text, a number, a truth value or a date
     */
    public int category(int column, Object value) {
        return numbers.get(column).of(CategoryWord.of(value));
    }

    /** How many numbers an example has. */
    public int inputs() {
        return groups * width;
    }

    /** How many numbers a prediction has. */
    public int outputs() {
        return outcome.columns();
    }

    /** The classes' own labels, in their order and of the type that they had; empty where they had none. */
    public List<Object> labels() {
        ClassNames names = model.file().encoding().classes();
        return IntStream.range(0, names.size()).mapToObj(names::label).toList();
    }

    /** The number of the class that a prediction is for. */
    public int best(double[] prediction) {
        if (outcome.classes() == 0) {
            throw new IllegalArgumentException(
                    "Model must have classes: loss=" + model.file().loss());
        }
        return (int) outcome.prediction(prediction, List.of());
    }

    /** Of one example. */
    public double[] predict(double[] example) {
        return predict(new double[][] {example})[0];
    }

    /** Of several examples, which is faster than one after the other. */
    public double[][] predict(double[][] examples) {
        return outcomes(examples);
    }

    /** Of one example. */
    public float[] predict(float[] example) {
        return predict(new float[][] {example})[0];
    }

    /** Of several examples. */
    public float[][] predict(float[][] examples) {
        double[][] wide = new double[examples.length][];
        for (int row = 0; row < wide.length; row++) {
            wide[row] = wide(examples[row]);
        }
        double[][] predicted = outcomes(wide);
        float[][] narrow = new float[predicted.length][];
        for (int row = 0; row < narrow.length; row++) {
            narrow[row] = narrow(predicted[row]);
        }
        return narrow;
    }

    /**
     * Of one example whose cells have names: those of {@link #features} and of {@link #categories}, in any order and
     * with others beside them. A cell is what a table's may be: a number, text, a truth value, a date or time, an array
     * or list of numbers; null where nothing is known.
     *
     * @throws IllegalArgumentException if a column is missing or a cell cannot be used, by its name
     */
    public double[] predict(Map<String, ?> row) {
        return predict(List.of(row))[0];
    }

    /** Of several examples whose cells have names. */
    public double[][] predict(List<? extends Map<String, ?>> rows) {
        CellsByName cells = new CellsByName(features(), categories(), numbers, width, rule.fills());
        if (cells.groups().isEmpty()) {
            throw new IllegalStateException("Model must have been trained on columns with names: features=[]");
        }
        double[][] examples = new double[rows.size()][];
        for (int row = 0; row < examples.length; row++) {
            examples[row] = cells.read(rows.get(row), row);
        }
        return outcomes(examples);
    }

    private double[][] outcomes(double[][] examples) {
        double[][] outcomes = new double[examples.length][];
        if (examples.length == 0) {
            return outcomes;
        }
        FeatureBatch batch = new FeatureBatch(groups, width, model.file().preprocess(), examples.length);
        for (int done = 0; done < examples.length; done += batch.count()) {
            batch.clear();
            for (int row = done; row < examples.length && batch.count() < batch.room(); row++) {
                require(examples[row], row);
                batch.add(examples[row]);
            }
            double[] numbers = committee.predict(batch.examples()).data();
            for (int i = 0; i < batch.count(); i++) {
                outcomes[done + i] = outcome.values(numbers, i * (numbers.length / batch.count()));
            }
        }
        return outcomes;
    }

    private void require(double[] example, int row) {
        if (example.length != inputs()) {
            throw new IllegalArgumentException("Example must have as many numbers as the model takes: example=" + row
                    + ", numbers=" + example.length + ", inputs=" + inputs());
        }
        rule.require(example, row);
    }

    private static double[] wide(float[] example) {
        double[] wide = new double[example.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = example[i];
        }
        return wide;
    }

    private static float[] narrow(double[] prediction) {
        float[] narrow = new float[prediction.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) prediction[i];
        }
        return narrow;
    }

    /** When nobody predicts any more. */
    @Override
    public void close() {
        committee.close();
    }
}
