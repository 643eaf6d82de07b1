package dev.lockstep.driver.report;

import dev.lockstep.driver.signal.Signals;
import dev.lockstep.params.PushedBytes;
import dev.lockstep.worker.safetensors.NamedValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Is told how a run goes: the metrics file, the line on the terminal, and whatever else wants to show it. Called by one
 * thread at a time; must not block.
 */
public interface RunListener {
    /**
     * The run is about to do its first step.
     *
     * @param parameters values that are trained
     * @param resumedFrom the last step of the checkpoint that it goes on from; 0 for a new run
     * @param classes names of the classes, in the order of their numbers; empty where they have none
     * @param settings of the job, as a file says them, without the places of its data
     */
    record Start(
            String name,
            long examples,
            long parameters,
            int workers,
            int epochs,
            int stepsPerEpoch,
            long resumedFrom,
            List<String> classes,
            Map<String, Object> settings) {
        public Start {
            classes = List.copyOf(classes);
        }

        /** Where classes have no names. */
        public Start(
                String name,
                long examples,
                long parameters,
                int workers,
                int epochs,
                int stepsPerEpoch,
                long resumedFrom) {
            this(name, examples, parameters, workers, epochs, stepsPerEpoch, resumedFrom, List.of(), Map.of());
        }
    }

    /**
     * A step was applied everywhere.
     *
     * @param loss the mean over the global batch
     * @param lr of the last parameter group, the one of all parameters that no pattern names
     * @param examplesPerSecond over the steps of about the last second, by the time that they took
     * @param workers where each worker's time went, in worker order
     * @param regularization what is added to the loss to make the objective; empty where the job has none
     * @param gradientNorm of the whole gradient, regularised and not yet clipped; empty if not finite, or not known
     * @param skipped the parameter whose gradient was not finite, for which the step was not made; of several, the one
     *     that the backward pass reached first
     * @param lossScale by which the loss was multiplied for the backward pass; empty where it is not
     * @param pushed gradients between hosts
     */
    record Step(
            int epoch,
            long step,
            double loss,
            double lr,
            double examplesPerSecond,
            List<Times> workers,
            OptionalDouble regularization,
            OptionalDouble gradientNorm,
            Optional<String> skipped,
            OptionalDouble lossScale,
            PushedBytes pushed) {
        public Step(int epoch, long step, double loss, double lr, double examplesPerSecond, List<Times> workers) {
            this(
                    epoch,
                    step,
                    loss,
                    lr,
                    examplesPerSecond,
                    workers,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    Optional.empty(),
                    OptionalDouble.empty(),
                    PushedBytes.NONE);
        }
    }

    /**
     * Where one worker's time went in a step, in milliseconds.
     *
     * @param hidden of the backward pass, with gradients of the same step under way
     * @param examples in the worker's share of the batch
     */
    record Times(
            double input,
            double forward,
            double loss,
            double backward,
            double send,
            double waiting,
            double apply,
            double hidden,
            long examples) {}

    /** The signals in worker 0's replica in a step, with the parameters that it found. */
    record Monitor(int epoch, long step, Signals signals) {}

    /**
     * An epoch is over.
     *
     * @param loss the mean over the epoch's examples, each at the parameters that its step found; of steps that were
     *     not skipped. Where the loss is a sum, the mean over the steps
     * @param regularization the mean over the same steps; empty where the job has none
     * @param validation figures by name, {@code loss} first; empty where there are no validation data
     * @param tables validation metrics that are more than one number, by name, as rows
     * @param skipped steps that were
     * @param seconds of the epoch, validation included
     */
    record Epoch(
            int epoch,
            long step,
            double loss,
            OptionalDouble regularization,
            Map<String, Double> validation,
            Map<String, List<List<Double>>> tables,
            long skipped,
            double seconds) {
        public Epoch(int epoch, long step, double loss, Map<String, Double> validation, double seconds) {
            this(epoch, step, loss, OptionalDouble.empty(), validation, Map.of(), 0, seconds);
        }
    }

    /**
     * A checkpoint is there.
     *
     * @param step after which it was taken
     * @param seconds that the run waited for it
     */
    record Saved(long step, double seconds) {}

    /** Something that a reader of the run's figures should know of: what has happened, after which step. */
    record Event(long step, String text) {}

    /**
     * The run is over.
     *
     * @param status {@code done}, {@code stopped_early}, {@code interrupted} or {@code failed}
     * @param steps that were applied in all, those before a resume included
     * @param seconds of this run alone
     * @param bestEpoch whose parameters are the model's, where early stopping watched
     * @param reason of a failure
     */
    record End(
            String status,
            int epochs,
            long steps,
            double seconds,
            double examplesPerSecond,
            OptionalInt bestEpoch,
            Optional<String> reason) {
        /** Without early stopping, and without a failure. */
        public End(String status, int epochs, long steps, double seconds, double examplesPerSecond) {
            this(status, epochs, steps, seconds, examplesPerSecond, OptionalInt.empty(), Optional.empty());
        }
    }

    void started(Start start);

    void step(Step step);

    void epoch(Epoch epoch);

    /** Comes after its step. */
    default void monitor(Monitor monitor) {}

    /** A checkpoint of this step, or a model, is about to be written. */
    default void saving(long step) {}

    default void saved(Saved checkpoint) {}

    default void event(Event event) {}

    /**
     * The network after a step, where the driver has it: at checkpoints, and at the end.
     *
     * @param values parameters and buffers by name; put together for whoever asks, and valid during the call
     */
    default void parameters(long step, Supplier<List<NamedValues>> values) {}

    void ended(End end);
}
