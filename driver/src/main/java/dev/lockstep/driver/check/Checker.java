package dev.lockstep.driver.check;

import dev.lockstep.driver.TrainingException;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.signal.Signals;
import dev.lockstep.driver.train.FirstBatch;
import dev.lockstep.losses.Reduction;
import dev.lockstep.optim.update.LossScale;
import dev.lockstep.optim.update.LossScaling;
import dev.lockstep.worker.Device;
import dev.lockstep.worker.Examples;
import dev.lockstep.worker.NoSink;
import dev.lockstep.worker.Replica;
import dev.lockstep.worker.ReplicaSettings;
import dev.lockstep.worker.check.GradientCheck;
import dev.lockstep.worker.check.LossSurface;
import dev.lockstep.worker.check.TensorCheck;
import dev.lockstep.worker.layerstats.LayerAccumulator;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Examines a job before it is trained, with its own data, network, initialisation and loss: in the driver, on the CPU.
 * The signals are those of its first step, in float32; the gradient is checked with some of the same examples in
 * float64.
 */
public final class Checker {
    private final Job job;
    private final CheckSettings settings;

    public Checker(Job job, CheckSettings settings) {
        this.job = job;
        this.settings = settings;
    }

    public Job job() {
        return job;
    }

    /**
     * @param done is told of each parameter tensor that is checked
     * @throws TrainingException if the first step cannot be computed
     */
    public CheckReport run(FirstBatch beginning, Consumer<TensorCheck> done) {
        Examples batch = beginning.batch();
        return new CheckReport(
                job.name(),
                batch.count(),
                beginning.weights().values().length,
                deviation(batch, beginning.categories()),
                scale().scale(),
                signals(beginning),
                gradients(beginning, done));
    }

    /** Of numbers alone: those that name categories say nothing by their size. */
    private static double deviation(Examples batch, int categories) {
        LayerAccumulator accumulator = new LayerAccumulator(/* end */ null);
        for (float[] group : batch.features()) {
            int width = group.length / batch.count();
            double[] values = new double[batch.count() * (width - categories)];
            for (int i = 0, next = 0; i < group.length; i++) {
                if (i % width < width - categories) {
                    values[next++] = group[i];
                }
            }
            accumulator.handedOn(values, new int[] {values.length}, /* wanted */ false);
        }
        return accumulator.figures().activation();
    }

    /** That of the first step in fp16, whatever the job's precision is: what it would be like. */
    private LossScale scale() {
        return job.train().lossScaling().orElseGet(LossScaling::new).start();
    }

    private Signals signals(FirstBatch beginning) {
        ReplicaSettings cpu = new ReplicaSettings(job.train().threadsOf(/* taskCpus */ 1), Device.CPU);
        try (Replica replica = beginning.network().replica(job.objective(), cpu)) {
            replica.values().put(beginning.weights().values());
            boolean isSum = job.loss().reduction() == Reduction.SUM;
            replica.scaleLoss(
                    isSum ? scale().scale() : scale().ofSum(job.train().batch()));
            return Signals.of(
                    beginning.network().layers(), replica.monitor(beginning.batch(), beginning.seed(), NoSink.NO_SINK));
        } catch (IllegalArgumentException e) {
            throw new TrainingException("The first step cannot be computed: " + e.getMessage(), e);
        }
    }

    private GradientReport gradients(FirstBatch beginning, Consumer<TensorCheck> done) {
        Examples some = first(beginning.batch(), settings.examples());
        long seed = job.train().seed();
        GradientCheck check = new GradientCheck(settings.values(), settings.tolerance(), seed);
        int threads = job.train().threadsOf(/* taskCpus */ 1);
        try (LossSurface surface = beginning.network().lossSurface(job.objective(), some, beginning.seed(), threads)) {
            DoubleBuffer values = surface.values();
            for (float value : beginning.weights().values()) {
                values.put(value);
            }
            return new GradientReport(some.count(), settings.tolerance(), seed, check.run(surface, done), null);
        } catch (ArithmeticException e) {
            throw new TrainingException("The first step has no gradient: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            return new GradientReport(some.count(), settings.tolerance(), seed, List.of(), e.getMessage());
        }
    }

    private static Examples first(Examples batch, int most) {
        int count = Math.min(most, batch.count());
        float[][] features = new float[batch.features().length][];
        for (int group = 0; group < features.length; group++) {
            features[group] = head(batch.features()[group], batch.count(), count);
        }
        return new Examples(
                count,
                features,
                head(batch.targets(), batch.count(), count),
                batch.weights() == null ? null : head(batch.weights(), batch.count(), count));
    }

    private static float[] head(float[] rows, int all, int count) {
        return Arrays.copyOf(rows, rows.length / all * count);
    }
}
