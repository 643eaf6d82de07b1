package dev.lockstep.driver.report.tensorboard;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.signal.LayerSignal;
import dev.lockstep.driver.storage.PlainFiles;
import dev.lockstep.driver.yaml.YamlText;
import dev.lockstep.worker.safetensors.NamedValues;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The same figures as in the metrics file for TensorBoard, in a folder beside it: scalars of every step and epoch, the
 * spread of signals where the job monitors them, histograms of the parameters where a checkpoint or the model is
 * written, and the job as text. One thread at a time.
 */
public final class TensorBoardLog implements RunListener, AutoCloseable {
    public static final String FOLDER = "tensorboard";

    private static final String NAME = "events.out.tfevents.";

    private final FileSystem files;
    private final Path folder;
    private EventFile out;
    private int starts;
    private long shownNs;

    /** @param output the job's, on any of Hadoop's file systems */
    public TensorBoardLog(Path output, Configuration hadoop) throws IOException {
        this.files = PlainFiles.of(output, hadoop);
        this.folder = new Path(output, FOLDER);
    }

    /**
     * A new run begins with no other's files. One that goes on adds a file, which says what of the earlier ones counts
     * no more.
     */
    @Override
    public void started(Start start) {
        writing(() -> {
            closeFile();
            if (start.resumedFrom() == 0) {
                removeFiles();
            }
            starts++;
            // TensorBoard reads the files of a folder in the order of their names.
            String name = String.format(Locale.ROOT, "%s%010d.lockstep.%d", NAME, millis() / 1000, starts);
            out = EventFile.begin(files, new Path(folder, name), TensorBoardLog::millis);
            if (start.resumedFrom() > 0) {
                out.restart(start.resumedFrom() + 1);
            }
            String settings = YamlText.of(start.settings()).strip();
            Summary texts = new Summary().text("job", "    " + settings.replace("\n", "\n    "));
            out.write(start.resumedFrom(), texts.text("run", table(start)));
            show();
        });
    }

    private static String table(Start start) {
        return String.format(
                Locale.ROOT,
                "| | |\n|---|---|\n| name | %s |\n| examples | %d |\n| parameters | %d |\n| workers | %d |\n"
                        + "| epochs | %d |\n| steps of an epoch | %d |\n",
                start.name(),
                start.examples(),
                start.parameters(),
                start.workers(),
                start.epochs(),
                start.stepsPerEpoch());
    }

    private void removeFiles() throws IOException {
        if (!files.exists(folder)) {
            return;
        }
        for (FileStatus old : files.listStatus(folder, path -> path.getName().startsWith(NAME))) {
            files.delete(old.getPath(), /* recursive */ false);
        }
    }

    @Override
    public void step(Step step) {
        Summary summary = new Summary();
        objective(summary, "step", step.loss(), step.regularization())
                .scalar("step/lr", step.lr())
                .scalar("step/examples_per_second", step.examplesPerSecond());
        step.gradientNorm().ifPresent(norm -> summary.scalar("step/gradient_norm", norm));
        step.lossScale().ifPresent(scale -> summary.scalar("step/loss_scale", scale));
        write(step.step(), summary, /* soon */ false);
    }

    @Override
    public void epoch(Epoch epoch) {
        Summary summary = objective(new Summary(), "train", epoch.loss(), epoch.regularization());
        epoch.validation().forEach((name, figure) -> summary.scalar("validation/" + name, figure));
        write(epoch.step(), summary.scalar("epoch/seconds", epoch.seconds()), /* soon */ true);
    }

    private static Summary objective(Summary summary, String part, double loss, OptionalDouble regularization) {
        summary.scalar(part + "/loss", loss);
        regularization.ifPresent(
                reg -> summary.scalar(part + "/regularization", reg).scalar(part + "/objective", loss + reg));
        return summary;
    }

    @Override
    public void monitor(Monitor monitor) {
        Summary summary = new Summary();
        for (LayerSignal layer : monitor.signals().layers()) {
            summary.scalar("activations/" + layer.layer(), layer.figures().activation());
            summary.scalar("dead/" + layer.layer(), layer.figures().dead());
            if (!Double.isNaN(layer.figures().saturated())) {
                summary.scalar("saturated/" + layer.layer(), layer.figures().saturated());
            }
            if (layer.backwards() != null) {
                summary.scalar("gradients/" + layer.layer(), layer.figures().gradient());
            }
        }
        write(monitor.step(), summary, /* soon */ true);
    }

    @Override
    public void parameters(long step, Supplier<List<NamedValues>> values) {
        Summary summary = new Summary();
        for (NamedValues tensor : values.get()) {
            summary.histogram("parameters/" + tensor.parameter().name(), tensor.values());
        }
        write(step, summary, /* soon */ true);
    }

    @Override
    public void event(Event event) {
        write(event.step(), new Summary().text("event", event.text()), /* soon */ true);
    }

    /** Whoever reads the checkpoint finds the events of its steps. */
    @Override
    public void saving(long step) {
        writing(this::show);
    }

    /** Does nothing where the run has not even started. */
    @Override
    public void ended(End end) {
        if (out == null) {
            return;
        }
        String words = String.format(
                Locale.ROOT, "%s after %d epochs, %.1f s", end.status().replace('_', ' '), end.epochs(), end.seconds());
        write(end.steps(), new Summary().text("end", words), /* soon */ true);
        writing(this::show);
    }

    @Override
    public void close() {
        writing(this::closeFile);
    }

    private void closeFile() throws IOException {
        EventFile open = out;
        this.out = null;
        if (open != null) {
            open.close();
        }
    }

    /** @param soon where showing it costs nothing */
    private void write(long step, Summary summary, boolean soon) {
        writing(() -> {
            out.write(step, summary);
            if (soon && out.isLive() || System.nanoTime() - shownNs > out.delayNs()) {
                show();
            }
        });
    }

    private void show() throws IOException {
        out.show();
        this.shownNs = System.nanoTime();
    }

    private static long millis() {
        return System.currentTimeMillis();
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void writing(Writing action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new DataException(
                    "Events for TensorBoard cannot be written: folder=" + folder + ", reason=" + e.getMessage(), e);
        }
    }
}
