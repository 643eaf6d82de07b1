package dev.lockstep.ml;

import dev.lockstep.driver.job.JobFile;
import dev.lockstep.losses.Loss;
import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.schedule.Schedule;
import dev.lockstep.params.init.InitPlan;
import dev.lockstep.worker.layer.Layer;
import java.util.List;
import org.apache.spark.ml.param.Param;

/**
 * What both estimators can be told of training. Whatever is not set is as the {@code job} says, and without one as
 * suits a small network and the number of rows; docs/estimator.md has each.
 *
 * @param <E> the estimator
 */
public interface LockstepParams<E> extends RunParams<E> {
    default Param<String> job() {
        return training().job;
    }

    default String getJob() {
        return getOrDefault(job());
    }

    /** A whole job file: its text, or the path of one. */
    default E setJob(String value) {
        set(job(), value);
        return self();
    }

    default Param<String> layers() {
        return training().layers;
    }

    default String getLayers() {
        return getOrDefault(layers());
    }

    /** The network, as text: {@code [linear: 64, relu, linear]}. */
    default E setLayers(String value) {
        set(layers(), value);
        return self();
    }

    default Param<String> init() {
        return training().init;
    }

    default String getInit() {
        return getOrDefault(init());
    }

    default E setInit(String value) {
        set(init(), value);
        return self();
    }

    default Param<String> loss() {
        return training().loss;
    }

    default String getLoss() {
        return getOrDefault(loss());
    }

    default E setLoss(String value) {
        set(loss(), value);
        return self();
    }

    default Param<String> optimizer() {
        return training().optimizer;
    }

    default String getOptimizer() {
        return getOrDefault(optimizer());
    }

    default E setOptimizer(String value) {
        set(optimizer(), value);
        return self();
    }

    default Param<String> schedule() {
        return training().schedule;
    }

    default String getSchedule() {
        return getOrDefault(schedule());
    }

    default E setSchedule(String value) {
        set(schedule(), value);
        return self();
    }

    default Param<String> regularization() {
        return training().regularization;
    }

    default String getRegularization() {
        return getOrDefault(regularization());
    }

    default E setRegularization(String value) {
        set(regularization(), value);
        return self();
    }

    default Param<String> clip() {
        return training().clip;
    }

    default String getClip() {
        return getOrDefault(clip());
    }

    default E setClip(String value) {
        set(clip(), value);
        return self();
    }

    default Param<String> preprocess() {
        return training().preprocess;
    }

    default String getPreprocess() {
        return getOrDefault(preprocess());
    }

    default E setPreprocess(String value) {
        set(preprocess(), value);
        return self();
    }

    /** The whole network, its last layer as wide as the label wants it. */
    default E setLayers(Layer... values) {
        return setLayers(JobFile.line(List.of(values)));
    }

    default E setInit(InitPlan value) {
        return setInit(JobFile.line(value));
    }

    default E setLoss(Loss value) {
        return setLoss(JobFile.line(value));
    }

    default E setOptimizer(Optimizer value) {
        return setOptimizer(JobFile.line(value));
    }

    default E setSchedule(Schedule value) {
        return setSchedule(JobFile.line(value));
    }
}
