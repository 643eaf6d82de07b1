package dev.lockstep.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Compares whole tables, by spark-testing-base where it is for this Spark: there is none for Spark 4. */
final class Frames {
    private Frames() {}

    /** The same columns, and the same rows in the same order. By the form that both of the library's versions have. */
    @SuppressWarnings("deprecation")
    static void assertSame(Dataset<Row> expected, Dataset<Row> actual) {
        if (expected.sparkSession().version().startsWith("3.")) {
            new JavaDataFrameSuiteBase().assertDataFrameApproximateEquals(expected, actual, /* tol */ 0);
        } else {
            assertEquals(expected.schema(), actual.schema());
            assertEquals(expected.collectAsList(), actual.collectAsList());
        }
    }
}
