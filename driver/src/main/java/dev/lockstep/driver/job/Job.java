package dev.lockstep.driver.job;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.metric.Metric;
import dev.lockstep.driver.yaml.RecordChange;
import dev.lockstep.losses.Loss;
import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.schedule.NoSchedule;
import dev.lockstep.optim.schedule.Schedule;
import dev.lockstep.optim.update.Clip;
import dev.lockstep.optim.update.NoClip;
import dev.lockstep.optim.update.Regularization;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.init.InitPlan;
import dev.lockstep.worker.Network;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Everything a training run is told. Immutable; the components have the names of the job file's keys, and so have the
 * methods that return a changed copy.
 *
 * <pre>
 *   Job job = Job.of(
 *                   new Data(new Source("digits.csv").option("header", "true")).features("x0..x63").label("label"),
 *                   Model.layers(new Linear(32), new Relu(), new Linear(10)),
 *                   new CrossEntropy(),
 *                   new Adam(),
 *                   new Train(20, 64).workers(2))
 *           .output("runs/digits");
 * </pre>
 *
 * @param init what fills the parameters before the first step
 * @param metrics what is measured on validation data beside the loss
 * @param checkpoint null for none
 * @param ensemble null for one network
 * @param monitor null for none
 * @param tensorboard whether the output gets event files for TensorBoard beside the metrics file
 * @param output folder of metrics and model; null to write nothing
 */
public record Job(
        String name,
        Data data,
        Model model,
        InitPlan init,
        Loss loss,
        Regularization regularization,
        Optimization optimizer,
        Schedule schedule,
        Clip clip,
        Train train,
        List<Metric> metrics,
        Checkpoint checkpoint,
        Ensemble ensemble,
        Monitor monitor,
        boolean tensorboard,
        String output)
        implements Serializable {

    private static final String DEFAULT_NAME = "job";

    public Job {
        Objects.requireNonNull(init);
        Objects.requireNonNull(regularization);
        metrics = List.copyOf(metrics);
        if (schedule == null) {
            schedule = new NoSchedule();
        }
        if (clip == null) {
            clip = new NoClip();
        }
    }

    public Job(Data data, Model model, Loss loss, Optimization optimizer, Train train) {
        this(
                DEFAULT_NAME,
                data,
                model,
                InitPlan.DEFAULTS,
                loss,
                Regularization.NONE,
                optimizer,
                null,
                null,
                train,
                List.of(),
                null,
                null,
                null, /* tensorboard */
                false,
                null);
    }

    /** A job with one optimizer for all parameters. */
    public static Job of(Data data, Model model, Loss loss, Optimizer optimizer, Train train) {
        return new Job(data, model, loss, new Optimization(optimizer), train);
    }

    /** The loss as it is put to the network's outputs for the groups of features. */
    public Loss objective() {
        return loss.ofGroups(data.features().groups().size());
    }

    /**
     * What a shard does with the gradient of a step.
     *
     * @param steps of the whole run, for schedules that end with it
     */
    public UpdateRule updateRule(long steps, int stepsPerEpoch) {
        return new UpdateRule(
                optimizer.all(), regularization, clip, schedule.over(steps, stepsPerEpoch), train.nonFiniteRule());
    }

    /**
     * Refuses an optimizer that cannot take a parameter's gradient, whole or in rows.
     *
     * @throws IllegalArgumentException that names the parameter
     */
    public void requireOptimizersFit(List<Parameter> parameters) {
        UpdateRule rule =
                new UpdateRule(optimizer.all(), regularization, new NoClip(), new NoSchedule(), train.nonFiniteRule());
        parameters.forEach(parameter -> rule.requireFit(parameter.name(), parameter.sparse()));
    }

    /** Refuses settings that are each right but do not fit one another. */
    public Job requireSound() {
        return requireNone(Checks.of(this));
    }

    /** Refuses settings that do not fit the network, which may be known only once the data or a file are. */
    public Job requireFits(Network network) {
        return requireNone(NetworkChecks.of(this, network));
    }

    /** How many values are trained; empty where only data or a file tell. */
    public OptionalLong parameters() {
        return NetworkChecks.network(this).stream()
                .mapToLong(network -> network.parameters().stream()
                        .mapToLong(each -> each.parameter().size())
                        .sum())
                .findFirst();
    }

    /** Where checkpoints go; empty where none are written. */
    public Optional<String> checkpointFolder() {
        return Optional.ofNullable(checkpoint).map(Checkpoint::dir).or(() -> Optional.ofNullable(output)
                .map(folder -> folder + "/checkpoints"));
    }

    /** What can be run, but is probably not what was meant: a sentence for each. */
    public List<String> cautions() {
        return Cautions.of(this);
    }

    private Job requireNone(List<Flaw> flaws) {
        if (!flaws.isEmpty()) {
            throw new JobFileException(flaws.stream().map(Flaw::toString).collect(Collectors.joining("\n")));
        }
        return this;
    }

    public Job name(String changed) {
        return RecordChange.change(this, "name", changed);
    }

    public Job data(Data changed) {
        return RecordChange.change(this, "data", changed);
    }

    public Job loss(Loss changed) {
        return RecordChange.change(this, "loss", changed);
    }

    public Job model(Model changed) {
        return RecordChange.change(this, "model", changed);
    }

    public Job init(InitPlan changed) {
        return RecordChange.change(this, "init", changed);
    }

    public Job regularization(Regularization changed) {
        return RecordChange.change(this, "regularization", changed);
    }

    public Job optimizer(Optimization changed) {
        return RecordChange.change(this, "optimizer", changed);
    }

    public Job schedule(Schedule changed) {
        return RecordChange.change(this, "schedule", changed);
    }

    public Job clip(Clip changed) {
        return RecordChange.change(this, "clip", changed);
    }

    public Job train(Train changed) {
        return RecordChange.change(this, "train", changed);
    }

    public Job metrics(Metric... changed) {
        return RecordChange.change(this, "metrics", List.of(changed));
    }

    public Job checkpoint(Checkpoint changed) {
        return RecordChange.change(this, "checkpoint", changed);
    }

    public Job ensemble(Ensemble changed) {
        return RecordChange.change(this, "ensemble", changed);
    }

    public Job monitor(Monitor changed) {
        return RecordChange.change(this, "monitor", changed);
    }

    public Job tensorboard(boolean changed) {
        return RecordChange.change(this, "tensorboard", changed);
    }

    public Job output(String changed) {
        return RecordChange.change(this, "output", changed);
    }
}
