package dev.lockstep.driver.train.progress;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.lockstep.driver.report.RunListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A run's figures as gauges: of its last step and epoch, and of each worker the seconds that it has spent in all. They
 * are there from its start to {@link #close}.
 */
public final class RunGauges implements RunListener, AutoCloseable {
    private static final double MS = 1e3;

    private final RunsSource source;
    private final String run;
    private final Map<String, Double> figures = new ConcurrentHashMap<>();

    private RunGauges(RunsSource source, String run) {
        this.source = source;
        this.run = run;
    }

    /** @param run what the job is called */
    public static RunGauges open(JavaSparkContext spark, String run) {
        RunsSource source = RunsSource.of(spark);
        return new RunGauges(source, source.begin(run));
    }

    @Override
    public void started(Start start) {
        show("workers", start.workers());
        show("steps_total", (double) start.epochs() * start.stepsPerEpoch());
        show("step", start.resumedFrom());
    }

    @Override
    public void step(Step step) {
        show("step", step.step());
        show("epoch", step.epoch());
        show("loss", step.loss());
        show("lr", step.lr());
        step.gradientNorm().ifPresent(norm -> show("gradient_norm", norm));
        show("examples_per_second", step.examplesPerSecond());
        List<Times> workers = step.workers();
        for (int worker = 0; worker < workers.size(); worker++) {
            Times times = workers.get(worker);
            String name = "worker" + worker;
            add(name + ".input_seconds", times.input());
            add(name + ".compute_seconds", times.forward() + times.loss() + times.backward());
            add(name + ".send_seconds", times.send());
            add(name + ".wait_seconds", times.waiting());
            add(name + ".apply_seconds", times.apply());
        }
    }

    @Override
    public void epoch(Epoch epoch) {
        show("train_loss", epoch.loss());
        epoch.validation().forEach((name, figure) -> show("validation_" + name, figure));
    }

    @Override
    public void ended(End end) {}

    private void add(String name, double milliseconds) {
        show(name, figures.getOrDefault(name, 0.0) + milliseconds / MS);
    }

    private void show(String name, double value) {
        if (figures.put(name, value) == null) {
            Gauge<Double> gauge = () -> figures.get(name);
            Gauge<Double> unused = source.metricRegistry().register(MetricRegistry.name(run, name), gauge);
        }
    }

    @Override
    public void close() {
        source.end(run);
    }
}
