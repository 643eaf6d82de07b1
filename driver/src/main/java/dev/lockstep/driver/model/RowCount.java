package dev.lockstep.driver.model;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/** Counts rows while a job writes them, without a pass of its own. */
final class RowCount {
    private static final String ROWS = "rows";
    /** Spark tells it a moment after the job's end, or never where its listeners have too much to hear. */
    private static final long PATIENCE_MS = 10_000;

    private final Observation seen = new Observation();

    Dataset<Row> of(Dataset<Row> rows) {
        return rows.observe(seen, count(lit(1)).as(ROWS));
    }

    /** Of the job that has just ended; empty where Spark does not tell. */
    OptionalLong get() {
        return CompletableFuture.supplyAsync(() -> OptionalLong.of(told()))
                .completeOnTimeout(OptionalLong.empty(), PATIENCE_MS, TimeUnit.MILLISECONDS)
                .join();
    }

    private long told() {
        try {
            return (long) seen.getAsJava().get(ROWS);
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }
}
