package dev.lockstep.driver.train.progress;

import com.codahale.metrics.MetricRegistry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.metrics.source.Source;

/**
 * Lockstep's source in the metrics system of an application: one for all of its runs, which come and go in it, each
 * under a name of its own. Thread-safe.
 */
final class RunsSource implements Source {
    private static final Map<SparkContext, RunsSource> ALL = new WeakHashMap<>();
    private static final String NAME = "lockstep";

    private final MetricRegistry registry = new MetricRegistry();
    private final Set<String> running = new HashSet<>();

    private RunsSource() {}

    /** The one of an application that runs. */
    static RunsSource of(JavaSparkContext spark) {
        synchronized (ALL) {
            return ALL.computeIfAbsent(spark.sc(), unused -> registered(new RunsSource()));
        }
    }

    private static RunsSource registered(RunsSource source) {
        SparkEnv.get().metricsSystem().registerSource(source);
        return source;
    }

    /** Several runs at a time may be of one job: the second is {@code NAME-2}. */
    synchronized String begin(String run) {
        String name = MetricRegistry.name(run.replaceAll("[^\\p{Alnum}_-]", "_"));
        String unique = name;
        for (int count = 2; !running.add(unique); count++) {
            unique = name + "-" + count;
        }
        return unique;
    }

    synchronized void end(String name) {
        registry.removeMatching((metric, unused) -> metric.startsWith(name + "."));
        running.remove(name);
    }

    @Override
    public String sourceName() {
        return NAME;
    }

    @Override
    public MetricRegistry metricRegistry() {
        return registry;
    }
}
