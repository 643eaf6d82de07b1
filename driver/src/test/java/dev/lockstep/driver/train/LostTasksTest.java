package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.FetchFailed;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.TaskEndReason;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockManagerId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class LostTasksTest {
    private static final String RUN = "lost-tasks-test";

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final LostTasks losses = new LostTasks(RUN, told::add);

    @BeforeEach
    void listen() {
        spark.sc().addSparkListener(losses);
    }

    @AfterEach
    void end() {
        spark.setLocalProperty(JobLabels.RUN, null);
        spark.sc().removeSparkListener(losses);
    }

    @Test
    void aWorkerWithoutAPlaceIsToldByItsCauseAndNobodyElseIs() {
        spark.setLocalProperty(JobLabels.RUN, "another");
        fail(new AbortException(Kind.LOST, "of another job"));
        spark.setLocalProperty(JobLabels.RUN, RUN);
        fail(new IllegalStateException("that Spark may cure"));
        fail(new AbortException(Kind.LOST, "no way to the coordinator"));
        awaitFirst(told);
        assertEquals(List.of("no way to the coordinator"), told);
    }

    /** Events as Spark sends them, told again with what a firewall between two executors makes of them. */
    @Test
    void aWorkerWhoseDataDidNotComeIsWhyItIsMissing() {
        List<SparkListenerTaskEnd> ends = new CopyOnWriteArrayList<>();
        SparkListener witness = new SparkListener() {
            @Override
            public void onTaskEnd(SparkListenerTaskEnd task) {
                ends.add(task);
            }
        };
        spark.sc().addSparkListener(witness);
        try {
            spark.setLocalProperty(JobLabels.RUN, RUN);
            assertEquals(1, spark.parallelize(List.of(1), 1).count());
            awaitFirst(ends);
        } finally {
            spark.sc().removeSparkListener(witness);
        }

        AbortException missing = new AbortException(Kind.LOST, "Too few workers have joined: missing=[0]");
        assertSame(missing, losses.explained(missing));
        BlockManagerId from = SparkEnv.get().blockManager().blockManagerId();
        SparkListenerTaskEnd unfetched =
                with(ends.get(0), new FetchFailed(from, 0, 0, 0, 0, "Connecting to /10.0.0.2 failed"));
        losses.onTaskEnd(unfetched);
        String explained = losses.explained(missing).getMessage();
        assertTrue(explained.startsWith("Too few workers have joined: missing=[0]. Data did not come"), explained);
        assertTrue(explained.contains("worker=0") && explained.contains("reason=Connecting to /10.0.0.2"), explained);
        AbortException numbers = new AbortException(Kind.TRAINING, "Loss is not finite");
        assertSame(numbers, losses.explained(numbers));
        losses.onTaskEnd(ends.get(0));
        assertSame(missing, losses.explained(missing));
        assertEquals(List.of(), told);

        losses.onTaskEnd(unfetched);
        losses.onExecutorRemoved(new SparkListenerExecutorRemoved(0, from.executorId(), "exit code 137"));
        assertSame(missing, losses.explained(missing), "no firewall hides an executor that is gone");
        assertEquals(List.of("Shards were lost with their executor: executor=driver, reason=exit code 137"), told);
    }

    private static SparkListenerTaskEnd with(SparkListenerTaskEnd end, TaskEndReason reason) {
        return new SparkListenerTaskEnd(
                end.stageId(),
                end.stageAttemptId(),
                end.taskType(),
                reason,
                end.taskInfo(),
                end.taskExecutorMetrics(),
                end.taskMetrics());
    }

    private static void awaitFirst(List<?> list) {
        long startNs = System.nanoTime();
        while (list.isEmpty()) {
            assertTrue(System.nanoTime() - startNs < Duration.ofMinutes(1).toNanos(), "nothing is told");
            Thread.onSpinWait();
        }
    }

    private void fail(RuntimeException cause) {
        String said = assertThrows(SparkException.class, () -> spark.parallelize(List.of(1), 1)
                        .foreach(one -> {
                            throw cause;
                        }))
                .getMessage();
        assertTrue(said.contains(cause.getMessage()), said);
    }
}
