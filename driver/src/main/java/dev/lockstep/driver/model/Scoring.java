package dev.lockstep.driver.model;

import dev.lockstep.driver.OwnContext;
import dev.lockstep.driver.data.rows.Selection;
import dev.lockstep.driver.data.source.table.RowFeatures;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A trained model on Spark that puts predictions beside the rows of any table, streams included. Every executor gets
 * the model once and has its weights once in native memory, for all of its tasks. Thread-safe.
 */
public final class Scoring {
    private final TrainedModel model;
    private final Broadcast<ServedModel> served;

    public Scoring(SparkSession spark, TrainedModel model) {
        this.model = model;
        this.served = OwnContext.of(spark).broadcast(ServedModel.of(model));
    }

    /**
     * The rows as they are and in their order, with predictions behind each. Computed when it is read, in batches; a
     * value that the model cannot take ends the task with a {@link dev.lockstep.driver.DataException}.
     *
     * @throws dev.lockstep.driver.LockstepException if the table lacks a column that the model names, or has one of the
     *     predictions' names
     */
    public Dataset<Row> transform(Dataset<Row> table, PredictionColumns columns) {
        return transform(table, columns, Selections.of(model.file()));
    }

    /** @param selection by which features are read */
    Dataset<Row> transform(Dataset<Row> table, PredictionColumns columns, Selection selection) {
        Answers answers = new Answers(model, columns);
        RowFeatures features = RowFeatures.of(table.schema(), selection);
        StructType schema = answers.schema(table.schema());
        Dataset<Row> scored =
                table.mapPartitions(new RowScorer(served, features, answers), Encoders.row(placed(schema)));
        // Spark drops metadata on the way through a function, and a table may have a name twice.
        return scored.select(IntStream.range(0, schema.length())
                .mapToObj(place -> functions
                        .col(placed(place))
                        .as(schema.apply(place).name(), schema.apply(place).metadata()))
                .toArray(Column[]::new));
    }

    private static StructType placed(StructType schema) {
        StructType placed = new StructType();
        for (StructField field : schema.fields()) {
            placed = placed.add(placed(placed.length()), field.dataType(), field.nullable());
        }
        return placed;
    }

    private static String placed(int place) {
        return "column" + place;
    }

    /** What {@link #transform} makes of a table's schema. */
    public StructType schema(StructType table, PredictionColumns columns) {
        return new Answers(model, columns).schema(table);
    }

    /** Lets the executors forget the model; what is still to be read of a table would bring it there again. */
    public void unpersist() {
        served.unpersist(/* blocking */ false);
    }
}
