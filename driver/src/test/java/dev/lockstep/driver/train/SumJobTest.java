package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.TrainingException;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.task.SumProgram;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.member.StepReport;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class SumJobTest {
    /** More than one range, so that both workers' processes have a shard. */
    private static final int SIZE = 300_000;

    private static final int STEPS = 3;

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    private final JavaRDD<Integer> data = spark.parallelize(List.of(10, 200), 2);
    private final List<StepReport> heard = new ArrayList<>();

    private List<float[]> run(SumProgram<Integer, float[]> program) {
        List<Parameter> parameters = List.of(new Parameter("w", List.of(SIZE)), new Parameter("b", List.of(2)));
        return new SumJob(spark, new SumJob.Plan("sums", parameters, 2, STEPS)).run(data, program, heard::add);
    }

    @Test
    void everyWorkerGetsTheSumsOfAllGradients() {
        List<float[]> results = run((worker, numbers) -> {
            int number = numbers.next();
            float[] seen = new float[2 * STEPS];
            for (int step = 1; step <= STEPS; step++) {
                FloatBuffer gradient = worker.gradient();
                for (int i = 0; i < gradient.capacity(); i++) {
                    gradient.put(i, number * step + i);
                }
                worker.add(number, /* examples */ worker.index() + 1);
                seen[2 * step - 2] = worker.sum().get(1);
                seen[2 * step - 1] = worker.sum().get(SIZE + 1);
            }
            return seen;
        });

        float[] expected = {212, 210 + 2 * (SIZE + 1), 422, 420 + 2 * (SIZE + 1), 632, 630 + 2 * (SIZE + 1)};
        assertEquals(2, results.size());
        results.forEach(result -> assertArrayEquals(expected, result));
        assertEquals(List.of(1L, 2L, 3L), heard.stream().map(StepReport::step).toList());
        assertEquals(210, heard.get(2).lossSum());
        assertEquals(3, heard.get(2).weight());
    }

    @Test
    void aWorkerWithoutExamplesAddsNothing() {
        List<float[]> results = run((worker, numbers) -> {
            float[] seen = new float[STEPS];
            for (int step = 1; step <= STEPS; step++) {
                worker.gradient().put(0, 5);
                worker.add(0, worker.index());
                seen[step - 1] = worker.sum().get(0);
            }
            return seen;
        });

        results.forEach(result -> assertArrayEquals(new float[] {5, 5, 5}, result));
    }

    @Test
    void whatGoesWrongInOneWorkerEndsAll() {
        DataException refused = assertThrows(
                DataException.class,
                () -> run((worker, numbers) -> {
                    worker.add(1, 1);
                    if (worker.index() == 1) {
                        throw new IllegalArgumentException("too wide: columns=3");
                    }
                    worker.add(1, 1);
                    return new float[0];
                }));

        assertEquals(
                "Examples do not suit the network or the loss: step=2, worker=1, reason=too wide: columns=3",
                refused.getMessage());
    }

    @Test
    void lossesAndGradientsMustBeFinite() {
        TrainingException loss = assertThrows(
                TrainingException.class,
                () -> run((worker, numbers) -> {
                    worker.add(worker.index() == 0 ? Double.NaN : 1, 1);
                    return new float[0];
                }));
        assertTrue(loss.getMessage().startsWith("Loss is not finite: step=1, worker=0, sum=NaN"), loss.getMessage());

        TrainingException gradient = assertThrows(
                TrainingException.class,
                () -> run((worker, numbers) -> {
                    worker.gradient().put(SIZE, Float.POSITIVE_INFINITY);
                    worker.add(1, 1);
                    return new float[0];
                }));
        assertTrue(gradient.getMessage().contains("step=1"), gradient.getMessage());
        assertTrue(gradient.getMessage().contains("parameter=b"), gradient.getMessage());
    }
}
