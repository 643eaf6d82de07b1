package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.data.LocalSpark;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class SlotsTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());

    @Test
    void aLocalMasterIsRefusedAtOnceWithWhatASlotIs() {
        long startNs = System.nanoTime();
        String refused = assertThrows(ClusterException.class, () -> Slots.require(spark, 9, LONG))
                .getMessage();

        assertTrue(System.nanoTime() - startNs < Duration.ofMinutes(1).toNanos());
        assertEquals(
                "Too few slots for all workers to run at once: train.workers=9, slots=8, executors=1, spark.task.cpus=1,"
                        + " master=local[8]. A slot is spark.task.cpus cores. Name a master with more of them, as local[8],"
                        + " or lower train.workers.",
                refused);
    }

    @Test
    void nobodyWaitsForMoreExecutorsThanThereWillBe() {
        SparkConf conf = new SparkConf(false);
        assertEquals(OptionalInt.of(3), Slots.asked("local-cluster[3, 1, 1024]", conf));
        assertEquals(OptionalInt.of(2), Slots.asked("yarn", conf));
        assertEquals(OptionalInt.empty(), Slots.asked("spark://host:7077", conf));
        conf.set("spark.executor.instances", "5");
        assertEquals(OptionalInt.of(5), Slots.asked("k8s://https://host:6443", conf));
    }

    /** Where Spark allocates executors by need, it asks for as many as tasks wait. */
    @Test
    void waitingTasksStayUntilTheyAreEndedAndThenGo() {
        WaitingTasks tasks = WaitingTasks.start(spark, 3);
        await(() -> active() == 3);
        tasks.end();
        await(() -> active() == 0);
    }

    private int active() {
        int active = 0;
        for (int id : spark.statusTracker().getActiveStageIds()) {
            active += spark.statusTracker().getStageInfo(id).numActiveTasks();
        }
        return active;
    }

    private static void await(BooleanSupplier condition) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - startNs < LONG.toNanos(), "waited too long");
            Thread.onSpinWait();
        }
    }
}
