package dev.lockstep.driver.model;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.encoding.ClassNames;
import dev.lockstep.driver.job.ModelFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns in which predictions stand behind a table's own, and what is in their cells. Immutable. */
final class Answers implements Serializable {
    private final PredictionColumns columns;
    private final Outcome outcome;
    private final ClassNames names;
    private final Object[] labels;
    private final List<Part> parts = new ArrayList<>();
    private final int cells;

    /** Of what a column, or several, consist. */
    private enum Part {
        RAW,
        VALUES,
        PREDICTION,
        LABEL
    }

    Answers(TrainedModel model, PredictionColumns columns) {
        ModelFile file = model.file();
        this.columns = columns;
        this.outcome = Outcome.of(file, model.network().outputShape());
        this.names = file.encoding().classes();
        this.labels = IntStream.range(0, names.size()).mapToObj(names::label).toArray();
        if (!columns.thresholds().isEmpty() && columns.thresholds().size() != outcome.classes()) {
            throw new JobFileException("There must be a threshold for each class: thresholds="
                    + columns.thresholds().size() + ", classes=" + outcome.classes());
        }
        // As spark.ml has them; files begin with what most readers look for.
        List<Part> order = columns.form() == PredictionColumns.Form.VECTOR
                ? List.of(Part.RAW, Part.VALUES, Part.PREDICTION, Part.LABEL)
                : List.of(Part.PREDICTION, Part.LABEL, Part.VALUES, Part.RAW);
        order.stream().filter(this::isThere).forEach(parts::add);
        this.cells = parts.stream().mapToInt(part -> fields(part).size()).sum();
    }

    private boolean isThere(Part part) {
        return switch (part) {
            case RAW -> !columns.raw().isEmpty();
            case VALUES -> !columns.probability().isEmpty() && (isVector() || outcome.columns() > 1 || !predicts());
            case PREDICTION -> predicts();
            case LABEL -> !columns.label().isEmpty() && outcome.classes() > 0 && labels.length > 0;
        };
    }

    private boolean predicts() {
        return !columns.prediction().isEmpty() && outcome.single();
    }

    private boolean isVector() {
        return columns.form() == PredictionColumns.Form.VECTOR;
    }

    /** @throws JobFileException if the table has one of the columns already */
    StructType schema(StructType table) {
        List<StructField> fields = new ArrayList<>(Arrays.asList(table.fields()));
        // Spark does not tell names by their case, and files of most formats cannot hold both.
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        taken.addAll(Arrays.asList(table.fieldNames()));
        for (Part part : parts) {
            for (StructField field : fields(part)) {
                if (!taken.add(field.name())) {
                    throw new JobFileException("Columns of predictions must have other names than those of the data: "
                            + "column=" + field.name() + ", columns=" + Arrays.asList(table.fieldNames()));
                }
                fields.add(field);
            }
        }
        return new StructType(fields.toArray(StructField[]::new));
    }

    /** How many there are. */
    int cells() {
        return cells;
    }

    private List<StructField> fields(Part part) {
        return switch (part) {
            case RAW -> numbers(columns.raw(), /* named */ false);
            case VALUES -> numbers(columns.probability(), /* named */ true);
            case PREDICTION ->
                List.of(field(columns.prediction(), isClassNumber() ? DataTypes.IntegerType : DataTypes.DoubleType));
            case LABEL -> List.of(field(columns.label(), names.dataType()));
        };
    }

    private boolean isClassNumber() {
        return !isVector() && outcome.classes() > 0;
    }

    private List<StructField> numbers(String name, boolean named) {
        if (isVector()) {
            return List.of(field(name, SQLDataTypes.VectorType()));
        }
        boolean byClass = named && namesColumns();
        List<StructField> fields = new ArrayList<>();
        for (int i = 0; i < outcome.columns(); i++) {
            fields.add(field(byClass ? name + "_" + names.names().get(i) : name + i, DataTypes.DoubleType));
        }
        return fields;
    }

    /** Whether each number is of a class whose name no other has, as Spark tells names of columns. */
    private boolean namesColumns() {
        Set<String> different = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        different.addAll(names.names());
        return outcome.classes() > 0 && outcome.columns() == names.size() && different.size() == names.size();
    }

    private static StructField field(String name, DataType type) {
        return DataTypes.createStructField(name, type, /* nullable */ true);
    }

    /**
     * Writes the cells of one row behind those of the table.
     *
     * @param numbers that the network gave, those of this row from {@code start}
     */
    void put(double[] numbers, int start, Object[] cells, int at) {
        double[] values = outcome.values(numbers, start);
        double prediction = outcome.single() ? outcome.prediction(values, columns.thresholds()) : 0;
        int next = at;
        for (Part part : parts) {
            next = switch (part) {
                case RAW -> put(outcome.raw(numbers, start), cells, next);
                case VALUES -> put(values, cells, next);
                case PREDICTION -> put(isClassNumber() ? (Object) (int) prediction : (Object) prediction, cells, next);
                case LABEL -> put(labels[(int) prediction], cells, next);
            };
        }
    }

    private int put(double[] numbers, Object[] cells, int at) {
        if (isVector()) {
            return put(Vectors.dense(numbers), cells, at);
        }
        for (int i = 0; i < numbers.length; i++) {
            cells[at + i] = numbers[i];
        }
        return at + numbers.length;
    }

    private static int put(Object cell, Object[] cells, int at) {
        cells[at] = cell;
        return at + 1;
    }
}
