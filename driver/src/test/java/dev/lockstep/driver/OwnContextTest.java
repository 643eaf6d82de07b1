package dev.lockstep.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.data.LocalSpark;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class OwnContextTest {
    @Test
    void isTheSessionsOwn() {
        SparkSession spark = LocalSpark.session();
        assertSame(spark.sparkContext(), OwnContext.of(spark).sc());
    }

    /** What {@code org.apache.spark.sql.connect.SparkSession.sparkContext} throws is a kind of this. */
    @Test
    void aClientOfSparkConnectIsToldWhereToRun() {
        String refused = assertThrows(
                        ClusterException.class,
                        () -> OwnContext.of(
                                () -> {
                                    throw new UnsupportedOperationException("[UNSUPPORTED_CONNECT_FEATURE]");
                                },
                                "org.apache.spark.sql.connect.SparkSession"))
                .getMessage();
        assertEquals(
                "Lockstep needs a session with a SparkContext, which a client of Spark Connect has not:"
                        + " session=org.apache.spark.sql.connect.SparkSession. Run the program as Spark's driver, by"
                        + " spark-submit or with a master.",
                refused);
    }
}
