package dev.lockstep.ml;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * How long and how wide a training runs, and by which rows: the part of {@link LockstepParams} that is no text of a job
 * file.
 *
 * @param <E> the estimator
 */
public interface RunParams<E> extends Params {
    /** The Params themselves, which the methods below hand out one by one. */
    TrainingParams training();

    /** This stage by its own type. */
    E self();

    default IntParam batchSize() {
        return training().batchSize;
    }

    default int getBatchSize() {
        return (Integer) getOrDefault(batchSize());
    }

    default E setBatchSize(int value) {
        set(batchSize(), value);
        return self();
    }

    default IntParam epochs() {
        return training().epochs;
    }

    default int getEpochs() {
        return (Integer) getOrDefault(epochs());
    }

    default E setEpochs(int value) {
        set(epochs(), value);
        return self();
    }

    default IntParam numWorkers() {
        return training().numWorkers;
    }

    default int getNumWorkers() {
        return (Integer) getOrDefault(numWorkers());
    }

    default E setNumWorkers(int value) {
        set(numWorkers(), value);
        return self();
    }

    default IntParam threads() {
        return training().threads;
    }

    default int getThreads() {
        return (Integer) getOrDefault(threads());
    }

    default E setThreads(int value) {
        set(threads(), value);
        return self();
    }

    default Param<String> device() {
        return training().device;
    }

    default String getDevice() {
        return getOrDefault(device());
    }

    default E setDevice(String value) {
        set(device(), value);
        return self();
    }

    default LongParam seed() {
        return training().seed;
    }

    default long getSeed() {
        return (Long) getOrDefault(seed());
    }

    default E setSeed(long value) {
        set(seed(), value);
        return self();
    }

    default Param<String> weightCol() {
        return training().weightCol;
    }

    default String getWeightCol() {
        return getOrDefault(weightCol());
    }

    default E setWeightCol(String value) {
        set(weightCol(), value);
        return self();
    }

    default Param<String> validationIndicatorCol() {
        return training().validationIndicatorCol;
    }

    default String getValidationIndicatorCol() {
        return getOrDefault(validationIndicatorCol());
    }

    default E setValidationIndicatorCol(String value) {
        set(validationIndicatorCol(), value);
        return self();
    }

    default IntParam earlyStoppingPatience() {
        return training().earlyStoppingPatience;
    }

    default int getEarlyStoppingPatience() {
        return (Integer) getOrDefault(earlyStoppingPatience());
    }

    default E setEarlyStoppingPatience(int value) {
        set(earlyStoppingPatience(), value);
        return self();
    }

    default Param<String> checkpointDir() {
        return training().checkpointDir;
    }

    default String getCheckpointDir() {
        return getOrDefault(checkpointDir());
    }

    default E setCheckpointDir(String value) {
        set(checkpointDir(), value);
        return self();
    }

    default IntParam checkpointInterval() {
        return training().checkpointInterval;
    }

    default int getCheckpointInterval() {
        return (Integer) getOrDefault(checkpointInterval());
    }

    default E setCheckpointInterval(int value) {
        set(checkpointInterval(), value);
        return self();
    }
}
