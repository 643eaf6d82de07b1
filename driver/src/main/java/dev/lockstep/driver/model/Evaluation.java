package dev.lockstep.driver.model;

import dev.lockstep.driver.data.DealSettings;
import dev.lockstep.driver.data.EvaluationData;
import dev.lockstep.driver.data.PackedData;
import dev.lockstep.driver.data.source.Selection;
import dev.lockstep.driver.data.source.Targets;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.job.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private final SparkSession spark;
    private final JavaSparkContext context;
    private final TrainedModel model;

    public Evaluation(SparkSession spark, TrainedModel model) {
        this.spark = spark;
        this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        this.model = model;
    }

    /**
     * The loss and the metrics that the model was trained with.
     *
     * @throws dev.lockstep.driver.DataException if the data cannot be read or do not fit the model
     */
    public Measured measure(Source source) {
        PackedData data = load(source, model.file().label());
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
        List<double[][]> parts = data.slices()
                .mapPartitions(slices -> task.measure(measurement, slices))
                .collect();
        return measurement.measured(parts);
    }

    /**
     * One row per example in the source's order: {@code row} from 0, {@code prediction} (the class) where there are
     * classes, and the network's output as {@code p0}, {@code p1}, ...; of several groups of features one output after
     * the other
     */
    public Dataset<Row> predict(Source source) {
        ModelFile file = model.file();
        boolean everyColumn = file.features().groups().isEmpty();
        PackedData data = load(source, everyColumn ? file.label() : List.of());
        ModelTask task = task(data);
        boolean classes = file.classes() > 0 && model.network().outputShape().size() == 1;
        JavaRDD<Row> rows = data.slices().mapPartitions(slices -> task.predict(classes, slices));
        return spark.createDataFrame(rows, schema(classes)).orderBy("row");
    }

    private PackedData load(Source source, List<String> label) {
        ModelFile file = model.file();
        Targets targets = file.classes() > 0 && !label.isEmpty()
                ? Labels.classes(file.loss(), file.classes())
                : Labels.of(file.loss(), Optional.empty(), /* width */ 0);
        Selection selection = new Selection(file.features().groups(), label, targets, file.shape());
        DealSettings deal = new DealSettings(Math.max(1, context.defaultParallelism()), BATCH, /* seed */ 0);
        return EvaluationData.load(spark, source, selection, deal, file.preprocess());
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
        fields.add(DataTypes.createStructField("row", DataTypes.LongType, /* nullable */ false));
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
