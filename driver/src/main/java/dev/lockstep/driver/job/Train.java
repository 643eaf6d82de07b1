package dev.lockstep.driver.job;

import dev.lockstep.driver.yaml.RecordChange;
import dev.lockstep.optim.update.LossScaling;
import dev.lockstep.optim.update.NonFinite;
import dev.lockstep.params.compress.Compression;
import dev.lockstep.params.compress.NoCompression;
import dev.lockstep.worker.Device;
import dev.lockstep.worker.Precision;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * How long, how wide and on what a network is trained.
 *
 * @param batch examples of a step, over all workers
 * @param seed of everything random
 * @param dropLast whether an epoch leaves out a last batch that would be smaller than the others
 * @param threads that one worker computes with; null for the cores that Spark gives its task
 * @param shards of the parameter vector; null for as many as there are workers
 * @param precision of the forward and the backward pass
 * @param lossScale with fp16; null for PyTorch's defaults
 * @param compression of gradients between hosts
 * @param nonFinite what becomes of a step whose gradient is not finite
 * @param earlyStopping null for none
 */
public record Train(
        int epochs,
        int batch,
        int workers,
        long seed,
        boolean dropLast,
        Integer threads,
        Integer shards,
        Device device,
        Precision precision,
        LossScaling lossScale,
        Consistency consistency,
        Compression compression,
        NonFinite nonFinite,
        EarlyStopping earlyStopping)
        implements Serializable {

    public Train {
        Objects.requireNonNull(device);
        Objects.requireNonNull(precision);
        Objects.requireNonNull(consistency);
        Objects.requireNonNull(nonFinite);
        requireAtLeastOne("epochs", epochs);
        requireAtLeastOne("batch", batch);
        requireAtLeastOne("workers", workers);
        if (threads != null) {
            requireAtLeastOne("threads", threads);
        }
        if (shards != null) {
            requireAtLeastOne("shards", shards);
        }
        if (compression == null) {
            compression = new NoCompression();
        }
    }

    public Train(int epochs, int batch) {
        this(
                epochs,
                batch,
                1,
                0, /* dropLast */
                false,
                null,
                null,
                Device.CPU,
                Precision.FLOAT32,
                null,
                Consistency.SYNC,
                new NoCompression(),
                NonFinite.STOP,
                null);
    }

    public Train workers(int changed) {
        return RecordChange.change(this, "workers", changed);
    }

    public Train seed(long changed) {
        return RecordChange.change(this, "seed", changed);
    }

    public Train dropLast(boolean changed) {
        return RecordChange.change(this, "dropLast", changed);
    }

    public Train threads(int changed) {
        return RecordChange.change(this, "threads", changed);
    }

    /** What one worker computes with where its task has so many cores. */
    public int threadsOf(int taskCpus) {
        return threads == null ? taskCpus : threads;
    }

    public Train shards(int changed) {
        return RecordChange.change(this, "shards", changed);
    }

    public Train device(Device changed) {
        return RecordChange.change(this, "device", changed);
    }

    public Train compression(Compression changed) {
        return RecordChange.change(this, "compression", changed);
    }

    public Train precision(Precision changed) {
        return RecordChange.change(this, "precision", changed);
    }

    public Train lossScale(LossScaling changed) {
        return RecordChange.change(this, "lossScale", changed);
    }

    /** How losses are scaled, where they are: with fp16. */
    public Optional<LossScaling> lossScaling() {
        return precision == Precision.FP16
                ? Optional.of(lossScale == null ? new LossScaling() : lossScale)
                : Optional.empty();
    }

    /** What becomes of a step whose gradient is not finite: a scale that was too large may be the cause with fp16. */
    public NonFinite nonFiniteRule() {
        return precision == Precision.FP16 ? NonFinite.SKIP : nonFinite;
    }

    public Train nonFinite(NonFinite changed) {
        return RecordChange.change(this, "nonFinite", changed);
    }

    public Train earlyStopping(EarlyStopping changed) {
        return RecordChange.change(this, "earlyStopping", changed);
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1: " + name + "=" + value);
        }
    }
}
