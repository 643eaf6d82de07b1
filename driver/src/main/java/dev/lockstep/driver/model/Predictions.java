package dev.lockstep.driver.model;

import dev.lockstep.driver.data.PredictionData;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a model predicts for the rows of a source, in their order. Spark keeps what it needs for it until {@link
 * #close}.
 */
public final class Predictions implements AutoCloseable {
    private final Dataset<Row> rows;
    private final PredictionData data;

    Predictions(Dataset<Row> rows, PredictionData data) {
        this.rows = rows;
        this.data = data;
    }

    /** To be read before {@link #close}; computed when it is read. */
    public Dataset<Row> rows() {
        return rows;
    }

    @Override
    public void close() {
        data.close();
    }
}
