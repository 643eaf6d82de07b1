package dev.lockstep.dl4j.fit;

import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.member.StepReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.stats.BaseEventStats;
import org.deeplearning4j.spark.stats.EventStats;
import org.deeplearning4j.spark.stats.StatsUtils;

/** Where the time of fits went: of all fits, and of each worker's steps where that is wanted. Thread-safe. */
public final class FitTimes implements SparkTrainingStats {
    private static final String DRIVER = "driver";

    private enum Key {
        /** Reading the data sets and dealing their examples to the workers. */
        DATA,
        /** All of a fit but that. */
        FIT,
        /** A worker's forward and backward pass, and its last update. */
        COMPUTE,
        /** Waiting for other workers, and exchanging gradients. */
        WAIT;

        String text() {
            return "Lockstep" + name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT) + "TimesMs";
        }
    }

    private final Map<Key, ArrayList<EventStats>> events = new EnumMap<>(Key.class);
    private final boolean ofSteps;

    /** @param ofSteps whether each step of each worker is kept */
    public FitTimes(boolean ofSteps) {
        this.ofSteps = ofSteps;
        for (Key key : Key.values()) {
            events.put(key, new ArrayList<>());
        }
    }

    public void addData(long beganMs) {
        add(Key.DATA, DRIVER, beganMs, System.currentTimeMillis() - beganMs);
    }

    public void addFit(long beganMs) {
        add(Key.FIT, DRIVER, beganMs, System.currentTimeMillis() - beganMs);
    }

    void add(StepReport report) {
        if (!ofSteps) {
            return;
        }
        for (int worker = 0; worker < report.workers().size(); worker++) {
            WorkerReport own = report.workers().get(worker);
            WorkerTimes times = own.times();
            long waitMs = (times.sendNs() + times.waitNs() + times.applyNs()) / 1_000_000;
            long computeMs = times.backwardNs() / 1_000_000;
            long endedMs = System.currentTimeMillis();
            add(Key.COMPUTE, "worker " + worker, endedMs - waitMs - computeMs, computeMs);
            add(Key.WAIT, "worker " + worker, endedMs - waitMs, waitMs);
        }
    }

    private synchronized void add(Key key, String where, long beganMs, long ms) {
        String process = ManagementFactory.getRuntimeMXBean().getName();
        events.get(key)
                .add(new BaseEventStats(where, process, Thread.currentThread().getId(), beganMs, ms));
    }

    @Override
    public synchronized Set<String> getKeySet() {
        return events.keySet().stream().map(Key::text).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Key key(String text) {
        for (Key key : Key.values()) {
            if (key.text().equals(text)) {
                return key;
            }
        }
        throw new IllegalArgumentException("There is no such statistic: key=" + text);
    }

    @Override
    public synchronized List<EventStats> getValue(String key) {
        return List.copyOf(events.get(key(key)));
    }

    @Override
    public String getShortNameForKey(String key) {
        return key(key).name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean defaultIncludeInPlots(String key) {
        return true;
    }

    @Override
    public void addOtherTrainingStats(SparkTrainingStats other) {
        if (!(other instanceof FitTimes times)) {
            throw new IllegalArgumentException("Statistics must be of Lockstep: other="
                    + (other == null ? null : other.getClass().getName()));
        }
        for (Key key : Key.values()) {
            List<EventStats> more = times.getValue(key.text());
            synchronized (this) {
                events.get(key).addAll(more);
            }
        }
    }

    @Override
    public SparkTrainingStats getNestedTrainingStats() {
        return null;
    }

    @Override
    public String statsAsString() {
        StringBuilder text = new StringBuilder();
        for (String key : getKeySet()) {
            text.append(key).append(' ');
            text.append(getValue(key).stream()
                    .map(event -> Long.toString(event.getDurationMs()))
                    .collect(Collectors.joining(",")));
            text.append('\n');
        }
        return text.toString();
    }

    @Override
    public void exportStatFiles(String outputPath, SparkContext sc) throws IOException {
        for (String key : getKeySet()) {
            StatsUtils.exportStats(getValue(key), outputPath, key + ".txt", ",", sc);
        }
    }
}
