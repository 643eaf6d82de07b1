package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
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
        long startNs = System.nanoTime();
        while (told.isEmpty()) {
            assertTrue(System.nanoTime() - startNs < Duration.ofMinutes(1).toNanos(), "nothing is told");
            Thread.onSpinWait();
        }

        assertEquals(List.of("no way to the coordinator"), told);
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
