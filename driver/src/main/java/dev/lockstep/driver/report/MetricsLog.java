package dev.lockstep.driver.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.storage.PlainFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file of figures, one JSON object a line. What is written can be read by others within a second. One thread at a
 * time.
 *
 * <pre>
 *   {"kind":"step","epoch":1,"step":1,"loss":2.3,"lr":0.001,"examples_per_second":9000.0,
 *    "workers":[{"input":0.1, ...}]}
 *   {"kind":"epoch","epoch":1,"step":26,"train":{"loss":1.9},"validation":{"loss":1.7,"accuracy":0.6},"seconds":0.4}
 *   {"kind":"monitor","epoch":4,"step":100,"forwards":"sound","backwards":"sound",
 *    "layers":[{"layer":"0 (linear)", ...}]}
 *   {"kind":"end","status":"done","epochs":20,"steps":520,"seconds":8.1,"examples_per_second":8800.0}
 * </pre>
 *
 * Where the objective is regularised, {@code regularization} and {@code objective} follow the loss. A step that was not
 * made because a gradient is not finite has {@code "skipped":"4.weight"}, and an epoch with such steps their number.
 * Where losses are scaled, a step has its {@code loss_scale}. Between hosts there is
 * {@code "gradient_bytes":{"sent":3725000,"uncompressed":7450000}}.
 *
 * <p>A figure that is not finite is a string: {@code "NaN"}. {@code workers} has milliseconds; all but
 * {@code hidden} add up to the step. A metric that is a table is a list of rows, among the validation figures.
 */
public final class MetricsLog implements RunListener, AutoCloseable {
    public static final String FILE = "metrics.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileSystem files;
    private final Path path;
    private final LongSupplier nanoTime;
    private List<String> classes = List.of();
    private GrowingFile out;
    private long shownNs;

    /** @param folder the job's output, on any of Hadoop's file systems; made if it is not there. */
    public MetricsLog(Path folder, Configuration hadoop) throws IOException {
        this(folder, hadoop, System::nanoTime);
    }

    MetricsLog(Path folder, Configuration hadoop, LongSupplier nanoTime) throws IOException {
        this.files = PlainFiles.of(folder, hadoop);
        this.path = new Path(folder, FILE);
        this.nanoTime = nanoTime;
    }

    /**
     * A new run begins a new file; one that goes on, after a loss or resumed, keeps the lines up to the step that it
     * goes on from.
     */
    @Override
    public void started(Start start) {
        close();
        classes = start.classes();
        try {
            KeptLines kept = new KeptLines(files, path);
            this.out = GrowingFile.begin(files, path, target -> kept.copyUntil(start.resumedFrom(), target));
            this.shownNs = nanoTime.getAsLong();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void step(Step step) {
        ObjectNode line = line("step").put("epoch", step.epoch()).put("step", step.step());
        objective(line, step.loss(), step.regularization())
                .put("lr", step.lr())
                .put("examples_per_second", rounded(step.examplesPerSecond()));
        step.lossScale().ifPresent(scale -> line.put("loss_scale", scale));
        step.skipped().ifPresent(parameter -> line.put("skipped", parameter));
        if (step.pushed().whole() > 0) {
            line.putObject("gradient_bytes")
                    .put("sent", step.pushed().sent())
                    .put("uncompressed", step.pushed().whole());
        }
        if (!step.workers().isEmpty()) {
            ArrayNode workers = line.putArray("workers");
            step.workers().forEach(times -> workers.add(times(times)));
        }
        write(line);
        showSoon(/* step */ true);
    }

    @Override
    public void epoch(Epoch epoch) {
        ObjectNode line = line("epoch").put("epoch", epoch.epoch()).put("step", epoch.step());
        objective(line.putObject("train"), epoch.loss(), epoch.regularization());
        if (!epoch.validation().isEmpty()) {
            ObjectNode validation = line.putObject("validation");
            epoch.validation().forEach(validation::put);
            if (!epoch.tables().isEmpty() && !classes.isEmpty()) {
                validation.set("classes", JSON.valueToTree(classes));
            }
            epoch.tables().forEach((name, rows) -> validation.set(name, JSON.valueToTree(rows)));
        }
        if (epoch.skipped() > 0) {
            line.put("skipped", epoch.skipped());
        }
        write(line.put("seconds", rounded(epoch.seconds())));
        showSoon(/* step */ false);
    }

    @Override
    public void monitor(Monitor monitor) {
        ObjectNode line = line("monitor")
                .put("epoch", monitor.epoch())
                .put("step", monitor.step())
                .put("forwards", monitor.signals().forwards().toString())
                .put("backwards", monitor.signals().backwards().toString());
        ArrayNode layers = line.putArray("layers");
        monitor.signals().layers().forEach(layer -> layers.add(SignalLine.of(layer)));
        write(line);
        showSoon(/* step */ false);
    }

    /** Whoever reads the checkpoint finds the lines of its steps. */
    @Override
    public void saving(long step) {
        show();
    }

    /** Does nothing where the run has not even started. */
    @Override
    public void ended(End end) {
        if (out == null) {
            return;
        }
        write(line("end")
                .put("status", end.status())
                .put("epochs", end.epochs())
                .put("steps", end.steps())
                .put("seconds", rounded(end.seconds()))
                .put("examples_per_second", rounded(end.examplesPerSecond())));
        show();
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            out = null;
        }
    }

    /** Obj = Cost + Reg, if there is a Reg. */
    private static ObjectNode objective(ObjectNode line, double loss, OptionalDouble regularization) {
        line.put("loss", loss);
        regularization.ifPresent(reg -> line.put("regularization", reg).put("objective", loss + reg));
        return line;
    }

    private static ObjectNode line(String kind) {
        return JSON.createObjectNode().put("kind", kind);
    }

    private static ObjectNode times(Times times) {
        return JSON.createObjectNode()
                .put("input", rounded(times.input()))
                .put("forward", rounded(times.forward()))
                .put("loss", rounded(times.loss()))
                .put("backward", rounded(times.backward()))
                .put("send", rounded(times.send()))
                .put("wait", rounded(times.waiting()))
                .put("apply", rounded(times.apply()))
                .put("hidden", rounded(times.hidden()));
    }

    private static double rounded(double value) {
        return Double.isFinite(value) ? Math.rint(value * 1000) / 1000 : value;
    }

    private void write(ObjectNode line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Shows a step's line within a while, any other at once, if that costs nothing. */
    private void showSoon(boolean step) {
        boolean cheap = !step && out.isLive();
        if (cheap || nanoTime.getAsLong() - shownNs > out.delayNs()) {
            show();
        }
    }

    private void show() {
        try {
            out.show();
            this.shownNs = nanoTime.getAsLong();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private DataException failed(IOException e) {
        return new DataException("Metrics cannot be written: file=" + path + ", reason=" + e.getMessage(), e);
    }
}
