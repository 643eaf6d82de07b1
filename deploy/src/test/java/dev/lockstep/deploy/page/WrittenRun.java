package dev.lockstep.deploy.page;

import dev.lockstep.driver.report.MetricsLog;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.signal.LayerSignal;
import dev.lockstep.driver.signal.Signals;
import dev.lockstep.driver.signal.Verdict;
import dev.lockstep.params.PushedBytes;
import dev.lockstep.worker.layerstats.Fp16Fit;
import dev.lockstep.worker.layerstats.Fp16Shares;
import dev.lockstep.worker.layerstats.LayerFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;

/** A run that nobody has trained, told to a metrics file as a real one is: worker 1 is slow, and losses fall. */
final class WrittenRun implements AutoCloseable {
    private static final int STEPS_PER_EPOCH = 50;
    private static final List<String> CLASSES = List.of("ash", "birch", "cedar");

    private final MetricsLog log;
    private final Random random = new Random(1);
    private final double lr;
    private final int epochs;

    WrittenRun(Path folder, double lr, int epochs) throws IOException {
        this.log = new MetricsLog(new org.apache.hadoop.fs.Path(folder.toUri()), new Configuration());
        this.lr = lr;
        this.epochs = epochs;
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("loss", "cross_entropy");
        settings.put("optimizer", Map.of("adam", Map.of("lr", lr)));
        settings.put("train", Map.of("epochs", epochs, "batch", 64));
        log.started(new RunListener.Start(
                "trees <b>bold</b>", 3200, 5034, 2, epochs, STEPS_PER_EPOCH, 0, CLASSES, settings));
    }

    WrittenRun epochs(int first, int last) {
        for (int epoch = first; epoch <= last; epoch++) {
            for (int step = 1; step <= STEPS_PER_EPOCH; step++) {
                step(epoch, (epoch - 1L) * STEPS_PER_EPOCH + step);
            }
            end(epoch);
        }
        return this;
    }

    private double loss(long step) {
        return 0.1 + 2 * Math.exp(-lr * step * 10);
    }

    private void step(int epoch, long step) {
        double noise = Math.exp(0.2 * random.nextGaussian());
        RunListener.Times fast = new RunListener.Times(0.4, 3 * noise, 0.3, 5 * noise, 0.6, 3.9, 0.8, 2, 32);
        RunListener.Times slow = new RunListener.Times(0.4, 5 * noise, 0.4, 7 * noise, 0.6, 0.1, 0.5, 3, 32);
        log.step(new RunListener.Step(
                epoch,
                step,
                loss(step) * noise,
                lr,
                4600 / noise,
                List.of(fast, slow),
                OptionalDouble.empty(),
                OptionalDouble.of(3 * loss(step) * noise),
                Optional.empty(),
                OptionalDouble.empty(),
                PushedBytes.NONE));
        if (step % 10 == 0) {
            log.monitor(new RunListener.Monitor(epoch, step, signals(step)));
        }
    }

    private Signals signals(long step) {
        List<LayerSignal> layers = new ArrayList<>();
        Fp16Fit fits = new Fp16Fit(new Fp16Shares(0, 0, 0), new Fp16Shares(0, 0, 0));
        for (int layer = 0; layer < 4; layer++) {
            double gradient = 1e-3 * Math.pow(0.02, 3 - layer);
            LayerFigures figures = new LayerFigures(
                    1 + 0.1 * layer + 1e-3 * step, Double.NaN, 0.1 * layer, /* trained */ true, gradient, fits);
            Verdict backwards = layer == 0 ? Verdict.VANISHING : Verdict.SOUND;
            layers.add(new LayerSignal(layer + " (linear)", figures, Verdict.SOUND, backwards));
        }
        return new Signals(layers, 1, 1);
    }

    private void end(int epoch) {
        long step = (long) epoch * STEPS_PER_EPOCH;
        Map<String, Double> validation = new LinkedHashMap<>();
        validation.put("loss", loss(step) + 0.05);
        validation.put("accuracy", 1 - loss(step) / 3);
        List<List<Double>> table = List.of(List.of(90.0, 7.0, 3.0), List.of(4.0, 80.0, 16.0), List.of(0.0, 0.0, 100.0));
        log.epoch(new RunListener.Epoch(
                epoch,
                step,
                loss(step),
                OptionalDouble.empty(),
                validation,
                Map.of("confusion_matrix", table),
                0,
                0.7));
        log.saved(new RunListener.Saved(step, 0.012));
    }

    WrittenRun event(long step, String text) {
        log.event(new RunListener.Event(step, text));
        return this;
    }

    void end(String status) {
        log.ended(new RunListener.End(status, epochs, (long) epochs * STEPS_PER_EPOCH, 14.2, 4512.3));
    }

    @Override
    public void close() {
        log.close();
    }
}
