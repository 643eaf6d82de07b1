package dev.lockstep.driver.train.progress;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class RunGaugesTest {
    private static final int EPOCHS = 30;
    private static final int EXAMPLES = 40;

    @TempDir
    private Path folder;

    private final SparkSession session = LocalSpark.session();
    private final JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    private final MetricRegistry registry = RunsSource.of(spark).metricRegistry();

    private Job job() throws IOException {
        Path file = Files.writeString(
                folder.resolve("job.yaml"),
                """
                name: two words
                data: {train: {format: random, options: {examples: %d, seed: 3}}, validation: 0.2, shape: [3]}
                model: {layers: [linear: 4, tanh, linear: 2]}
                loss: cross_entropy
                optimizer: adam
                metrics: [accuracy]
                train: {epochs: %d, batch: 8, workers: 2, seed: 5}
                """
                        .formatted(EXAMPLES, EPOCHS));
        return JobFile.read(file, List.of("output=" + folder.resolve("out")));
    }

    private Map<String, Object> shown() {
        Map<String, Object> shown = new TreeMap<>();
        registry.getGauges().forEach((name, gauge) -> shown.put(name, gauge.getValue()));
        return shown;
    }

    @Test
    void aRunsFiguresAreThereWhileItGoesOn() throws IOException {
        Map<String, Object> seen = new TreeMap<>();
        new Trainer(session, job(), new Told() {
                    @Override
                    public void step(Step step) {
                        if (step.step() == 10) {
                            seen.putAll(shown());
                        }
                    }
                })
                .run();

        // Listeners are told before the gauges.
        assertAll(
                () -> assertEquals(9.0, seen.get("two_words.step")),
                () -> assertEquals(3.0, seen.get("two_words.epoch")),
                () -> assertEquals(4.0 * EPOCHS, seen.get("two_words.steps_total")),
                () -> assertEquals(2.0, seen.get("two_words.workers")),
                () -> assertTrue((double) seen.get("two_words.loss") > 0),
                () -> assertEquals(0.001, seen.get("two_words.lr")),
                () -> assertTrue((double) seen.get("two_words.gradient_norm") > 0),
                () -> assertTrue((double) seen.get("two_words.examples_per_second") > 0),
                () -> assertTrue((double) seen.get("two_words.validation_accuracy") >= 0),
                () -> assertTrue((double) seen.get("two_words.worker1.wait_seconds") >= 0),
                () -> assertTrue((double) seen.get("two_words.worker0.compute_seconds") > 0));
        assertEquals(Map.of(), shown(), "gone with the run");
    }

    @Test
    void runsOfOneNameAreToldApart() {
        try (RunGauges one = RunGauges.open(spark, "fit")) {
            one.started(start(7));
            try (RunGauges other = RunGauges.open(spark, "fit")) {
                other.started(start(8));
                assertEquals(7.0, shown().get("fit.step"));
                assertEquals(8.0, shown().get("fit-2.step"));
            }
            assertEquals(7.0, shown().get("fit.step"), "one that ends takes its own gauges alone");
            assertEquals(null, shown().get("fit-2.step"));
        }
        assertEquals(Map.of(), shown());
    }

    private static RunListener.Start start(long resumedFrom) {
        return new RunListener.Start("fit", 1, 1, 1, 1, 1, resumedFrom);
    }

    @Test
    void sparkCountsTheExamplesThatATaskHasTrainedOn() throws Exception {
        AtomicLong read = new AtomicLong();
        SparkListener listener = new SparkListener() {
            @Override
            public void onTaskEnd(SparkListenerTaskEnd end) {
                read.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
            }
        };
        session.sparkContext().addSparkListener(listener);
        try {
            // In one segment: Spark counts the slices too, which a segment reads.
            new Trainer(session, job().data(job().data().validation(null)), new Told()).run();
            session.sparkContext().listenerBus().waitUntilEmpty();
        } finally {
            session.sparkContext().removeSparkListener(listener);
        }

        assertTrue(read.get() >= EXAMPLES * EPOCHS, () -> "read=" + read);
    }

    /** Hears nothing. */
    private static class Told implements RunListener {
        @Override
        public void started(Start start) {}

        @Override
        public void step(Step step) {}

        @Override
        public void epoch(Epoch epoch) {}

        @Override
        public void ended(End end) {}
    }
}
