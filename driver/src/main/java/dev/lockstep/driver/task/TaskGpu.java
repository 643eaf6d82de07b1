package dev.lockstep.driver.task;

import dev.lockstep.driver.ClusterException;
import java.util.Arrays;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** Which of its executor's GPUs Spark has given to a task. */
public final class TaskGpu {
    private static final String RESOURCE = "gpu";

    private TaskGpu() {}

    /** Counted from 0; the first where Spark deals none out. A task that has several computes on their first. */
    public static int index(TaskContext task) {
        return index(task.resourcesJMap().get(RESOURCE));
    }

    static int index(ResourceInformation given) {
        if (given == null || given.addresses().length == 0) {
            return 0;
        }
        String address = given.addresses()[0];
        if (!address.matches("\\d{1,4}")) {
            throw new ClusterException(
                    "Spark's addresses of GPUs must count them from 0: addresses=" + Arrays.toString(given.addresses())
                            + ". Let spark.executor.resource.gpu.discoveryScript name them so.");
        }
        return Integer.parseInt(address);
    }
}
