package dev.lockstep.driver.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.storage.PlainFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
 *   {"kind":"start","step":0,"time":"2026-01-31T12:00:00.123Z","name":"digits","examples":8000,"parameters":5034,
 *    "workers":2,"epochs":20,"steps_per_epoch":26,"settings":{"model":...}}
 *   {"kind":"step","epoch":1,"step":1,"loss":2.3,"lr":0.001,"gradient_norm":1.7,
 *    "examples_per_second":9000.0,"workers":[{"examples":32,"input":0.1, ...}]}
 *   {"kind":"epoch","epoch":1,"step":26,"train":{"loss":1.9},"validation":{"loss":1.7,"accuracy":0.6},"seconds":0.4}
 *   {"kind":"monitor","epoch":4,"step":100,"forwards":"sound","backwards":"sound",
 *    "layers":[{"layer":"0 (linear)", ...}]}
 *   {"kind":"checkpoint","step":26,"time":"2026-01-31T12:00:01.456Z","seconds":0.02}
 *   {"kind":"event","step":80,"time":"2026-01-31T12:00:02.789Z","text":"The network overfits: ..."}
 *   {"kind":"end","status":"done","epochs":20,"steps":520,"seconds":8.1,"examples_per_second":8800.0,
 *    "time":"2026-01-31T12:00:09.123Z"}
 * </pre>
 *
 * Where the objective is regularised, {@code regularization} and {@code objective} follow the loss. A step that was not
 * made because a gradient is not finite has {@code "skipped":"4.weight"}, and an epoch with such steps their number.
 * Where losses are scaled, a step has its {@code loss_scale}. Between hosts there is
 * {@code "gradient_bytes":{"sent":3725000,"uncompressed":7450000}}.
 *
 * <p>A run that goes on has another line {@code start}, at the step that it goes on from. One that failed has the
 * {@code reason} at its end, and one with early stopping its {@code best_epoch}.
 *
 * <p>A figure that is not finite is a string: {@code "NaN"}. {@code workers} has milliseconds; all but
 * {@code hidden} and {@code examples} add up to the step. A metric that is a table is a list of rows, among the
 * validation figures.
 */
public final class MetricsLog implements RunListener, AutoCloseable {
    public static final String FILE = "metrics.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileSystem files;
    private final Path path;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private List<String> classes = List.of();
    private GrowingFile out;
    private long shownNs;

    /** @param folder the job's output, on any of Hadoop's file systems; made if it is not there. */
    public MetricsLog(Path folder, Configuration hadoop) throws IOException {
        this(folder, hadoop, System::nanoTime, Clock.systemUTC());
    }

    MetricsLog(Path folder, Configuration hadoop, LongSupplier nanoTime, Clock clock) throws IOException {
        this.files = PlainFiles.of(folder, hadoop);
        this.path = new Path(folder, FILE);
        this.nanoTime = nanoTime;
        this.clock = clock;
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
        } catch (IOException e) {
            throw failed(e);
        }
        write(timed("start", start.resumedFrom())
                .put("name", start.name())
                .put("examples", start.examples())
                .put("parameters", start.parameters())
                .put("workers", start.workers())
                .put("epochs", start.epochs())
                .put("steps_per_epoch", start.stepsPerEpoch())
                .set("settings", JSON.valueToTree(start.settings())));
        show();
    }

    @Override
    public void step(Step step) {
        ObjectNode line = line("step").put("epoch", step.epoch()).put("step", step.step());
        objective(line, step.loss(), step.regularization()).put("lr", step.lr());
        step.gradientNorm().ifPresent(norm -> line.put("gradient_norm", norm));
        line.put("examples_per_second", rounded(step.examplesPerSecond()));
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

    @Override
    public void saved(Saved checkpoint) {
        write(timed("checkpoint", checkpoint.step()).put("seconds", rounded(checkpoint.seconds())));
        showSoon(/* step */ false);
    }

    @Override
    public void event(Event event) {
        write(timed("event", event.step()).put("text", event.text()));
        showSoon(/* step */ false);
    }

    /** Does nothing where the run has not even started. */
    @Override
    public void ended(End end) {
        if (out == null) {
            return;
        }
        ObjectNode line = line("end")
                .put("status", end.status())
                .put("epochs", end.epochs())
                .put("steps", end.steps())
                .put("seconds", rounded(end.seconds()))
                .put("examples_per_second", rounded(end.examplesPerSecond()))
                .put("time", now());
        end.bestEpoch().ifPresent(epoch -> line.put("best_epoch", epoch));
        end.reason().ifPresent(reason -> line.put("reason", reason));
        write(line);
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

    private ObjectNode timed(String kind, long step) {
        return line(kind).put("step", step).put("time", now());
    }

    private String now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static ObjectNode times(Times times) {
        return JSON.createObjectNode()
                .put("examples", times.examples())
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

    private void write(JsonNode line) {
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
