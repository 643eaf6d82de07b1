package dev.lockstep.driver.model;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.lockstep.driver.data.source.SourceRows;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/** Counts rows while a job writes them, without a pass of its own. */
final class RowCount {
    private static final String ROWS = "rows";
    private static final String PREDICTED = "predicted";
    /** Spark tells it a moment after the job's end, or never where its listeners have too much to hear. */
    private static final long PATIENCE_MS = 10_000;

    private final Observation seen = new Observation();

    /** @param prediction a column that is null where nothing is predicted */
    Dataset<Row> of(Dataset<Row> rows, String prediction) {
        return rows.observe(
                seen,
                count(lit(1)).as(ROWS),
                count(SourceRows.column(prediction)).as(PREDICTED));
    }

    /** Of the job that has just ended; empty where Spark does not tell. */
    Optional<WrittenRows> get() {
        return CompletableFuture.supplyAsync(() -> Optional.of(told()))
                .completeOnTimeout(Optional.empty(), PATIENCE_MS, TimeUnit.MILLISECONDS)
                .join();
    }

    private WrittenRows told() {
        try {
            Map<String, Object> counts = seen.getAsJava();
            return new WrittenRows((long) counts.get(ROWS), (long) counts.get(PREDICTED));
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }
}
