package dev.lockstep.driver.data;

import org.apache.spark.api.java.JavaRDD;

/**
 * Examples as training and validation read them: partition k holds the slices of worker k. Kept by Spark until
 * {@link #unpersist}.
 *
 * @param slices as many partitions as there are workers, some of them empty if there are few examples
 */
public record PackedData(JavaRDD<PackedSlice> slices, DataPlan plan) {
    public long examples() {
        return plan.dealing().examples();
    }

    /** Reads those partitions again that Spark has lost; the others stay as they are. */
    void readAgain() {
        slices.foreachPartition(partition -> partition.forEachRemaining(slice -> {}));
    }

    /** Lets Spark forget the slices; to use them again would read the source anew. */
    public void unpersist() {
        slices.unpersist(/* blocking */ false);
    }
}
