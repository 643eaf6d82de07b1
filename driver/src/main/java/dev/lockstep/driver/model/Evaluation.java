package dev.lockstep.driver.model;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.OwnContext;
import dev.lockstep.driver.data.DealSettings;
import dev.lockstep.driver.data.EvaluationData;
import dev.lockstep.driver.data.PackedData;
import dev.lockstep.driver.data.PredictionData;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.job.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Puts a trained model to data on Spark, with the preprocessing that was fitted in training. */
public final class Evaluation {
    /** Examples that a task takes together. */
    private static final int BATCH = 256;

    private static final String ROW = "row";

    private final SparkSession spark;
    private final JavaSparkContext context;
    private final TrainedModel model;

    public Evaluation(SparkSession spark, TrainedModel model) {
        this.spark = spark;
        this.context = OwnContext.of(spark);
        this.model = model;
    }

    /**
     * The loss and the metrics that the model was trained with.
     *
     * @throws dev.lockstep.driver.DataException if the data cannot be read or do not fit the model
     */
    public Measured measure(Source source) {
        PackedData data = EvaluationData.load(
                spark,
                source,
                Selections.labelled(model.file()),
                deal(),
                model.file().preprocess());
        try {
            return measure(data);
        } finally {
            data.unpersist();
        }
    }

    /** The same on data that are loaded and preprocessed already. */
    public Measured measure(PackedData data) {
        Measurement measurement =
                Measurement.of(model.file().metrics(), model.file().objective());
        ModelTask task = task(data);
        try {
            List<double[][]> parts = data.slices()
                    .mapPartitions(slices -> task.measure(measurement, slices))
                    .collect();
            return measurement.measured(parts);
        } finally {
            // A search or an ensemble measures many models in one session.
            task.vectors().destroy();
        }
    }

    /**
     * One row per example in the source's order: {@code row} from 0, {@code prediction} (the class) where there are
     * classes, and the network's output as {@code p0}, {@code p1}, ...; of several groups of features one output after
     * the other.
     *
     * @param keep columns of the source, or ranges of them, that come behind {@code row} as they are
     * @throws dev.lockstep.driver.LockstepException if the data cannot be read or do not fit the model
     */
    public Predictions predict(Source source, List<String> keep) {
        ModelFile file = model.file();
        List<Integer> output = model.network().outputShape();
        boolean classes = file.classes() > 0 && output.size() == 1 && output.get(0) >= file.classes();
        PredictionData data =
                PredictionData.load(spark, source, Selections.of(file).keep(keep), deal(), file.preprocess());
        boolean made = false;
        try {
            Predictions predictions = new Predictions(rows(data, classes), data);
            made = true;
            return predictions;
        } finally {
            if (!made) {
                data.close();
            }
        }
    }

    private Dataset<Row> rows(PredictionData data, boolean classes) {
        ModelTask task = task(data.examples());
        JavaRDD<Row> rows = data.examples().slices().mapPartitions(slices -> task.predict(classes, slices));
        StructType schema = schema(classes);
        Dataset<Row> predicted = spark.createDataFrame(rows, schema);
        if (data.keptColumns().isEmpty()) {
            return predicted.orderBy(ROW);
        }

        List<String> columns = new ArrayList<>(List.of(ROW));
        columns.addAll(Arrays.asList(data.keptColumns().fieldNames()));
        columns.addAll(Arrays.asList(schema.fieldNames()).subList(1, schema.length()));
        if (new HashSet<>(columns).size() < columns.size()) {
            throw new JobFileException("Columns to keep must have other names than those of predictions: keep="
                    + Arrays.asList(data.keptColumns().fieldNames()) + ", predictions=row, prediction, p0, ...");
        }
        StructType kept = new StructType().add(schema.apply(0));
        for (StructField field : data.keptColumns().fields()) {
            kept = kept.add(field);
        }
        return spark.createDataFrame(data.kept(), kept).join(predicted, ROW).orderBy(ROW);
    }

    private DealSettings deal() {
        return new DealSettings(Math.max(1, context.defaultParallelism()), BATCH, /* seed */ 0);
    }

    private ModelTask task(PackedData data) {
        float[][] flat = model.members().stream()
                .flatMap(member -> Stream.of(member.values(), member.buffers()))
                .toArray(float[][]::new);
        Broadcast<float[][]> vectors = context.broadcast(flat);
        return new ModelTask(
                model.network(), model.file().objective(), data.plan().format(), vectors);
    }

    private StructType schema(boolean classes) {
        List<StructField> fields = new ArrayList<>();
        fields.add(DataTypes.createStructField(ROW, DataTypes.LongType, /* nullable */ false));
        if (classes) {
            fields.add(DataTypes.createStructField("prediction", DataTypes.IntegerType, /* nullable */ false));
        }
        int groups = Math.max(1, model.file().features().groups().size());
        int width = model.network().outputShape().stream().reduce(groups, Math::multiplyExact);
        for (int i = 0; i < width; i++) {
            fields.add(DataTypes.createStructField("p" + i, DataTypes.DoubleType, /* nullable */ false));
        }
        return DataTypes.createStructType(fields);
    }
}
