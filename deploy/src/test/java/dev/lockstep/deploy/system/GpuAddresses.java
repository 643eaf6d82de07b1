package dev.lockstep.deploy.system;

import dev.lockstep.driver.task.TaskGpu;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;

/** A program for Spark: prints which GPUs two tasks compute on that one executor runs at the same time. */
final class GpuAddresses {
    private GpuAddresses() {}

    public static void main(String[] arguments) {
        try (JavaSparkContext spark = new JavaSparkContext(new SparkConf())) {
            List<Integer> gpus = spark.parallelize(List.of(0, 1), /* numSlices */ 2)
                    .mapPartitions(
                            rows -> List.of(TaskGpu.index(TaskContext.get())).iterator())
                    .collect();
            System.out.println("gpus=" + gpus.stream().sorted().toList());
        }
    }
}
