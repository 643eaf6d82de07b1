package dev.lockstep.driver.model;

import dev.lockstep.driver.data.source.table.RowFeatures;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Puts a model to a partition of rows, in a task. */
record RowScorer(Broadcast<ServedModel> model, RowFeatures features, Answers answers)
        implements MapPartitionsFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return new ScoredRows(rows, this);
    }
}
