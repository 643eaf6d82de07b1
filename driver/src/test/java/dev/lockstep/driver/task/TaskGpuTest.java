package dev.lockstep.driver.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.ClusterException;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;

class TaskGpuTest {
    @Test
    void isTheFirstAddressOrTheFirstOfAll() {
        assertEquals(3, TaskGpu.index(new ResourceInformation("gpu", new String[] {"3", "4"})));
        assertEquals(0, TaskGpu.index(new ResourceInformation("gpu", new String[0])));
        ResourceInformation none = null;
        assertEquals(0, TaskGpu.index(none));
    }

    @Test
    void refusesAnAddressThatCountsNothing() {
        ResourceInformation given = new ResourceInformation("gpu", new String[] {"GPU-3f"});
        ClusterException refused = assertThrows(ClusterException.class, () -> TaskGpu.index(given));

        assertEquals(
                "Spark's addresses of GPUs must count them from 0: addresses=[GPU-3f]. Let"
                        + " spark.executor.resource.gpu.discoveryScript name them so.",
                refused.getMessage());
    }
}
