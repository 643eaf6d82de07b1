package dev.lockstep.driver.train;

import dev.lockstep.driver.CancelledException;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.failure.Diagnosis;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.train.TrainResult.Status;
import dev.lockstep.driver.train.progress.Telemetry;
import dev.lockstep.driver.train.state.Patience;
import dev.lockstep.driver.train.state.RunState;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells how a run ended: what came of it, or why it failed. */
final class RunEnd {
    private static final String FAILED = "failed";

    private final SegmentPlan segments;
    private final RunListener listener;
    private final Telemetry telemetry;
    private final long beganNs = System.nanoTime();

    /** The run begins now. */
    RunEnd(SegmentPlan segments, RunListener listener, Telemetry telemetry) {
        this.segments = segments;
        this.listener = listener;
        this.telemetry = telemetry;
    }

    /**
     * The run has ended as it should, or as somebody asked for.
     *
     * @param validation the last figures
     * @param model null where the run was interrupted
     */
    TrainResult at(RunState state, Status status, Map<String, Double> validation, TrainedModel model) {
        OptionalInt best = model == null ? OptionalInt.empty() : bestEpoch(state);
        RunListener.End end = tell(word(status), state.step(), best, Optional.empty());
        return new TrainResult(
                status, end.epochs(), end.steps(), end.seconds(), end.examplesPerSecond(), validation, model);
    }

    /** Whose parameters are kept, where early stopping watches. */
    private OptionalInt bestEpoch(RunState state) {
        Patience patience = state.patience();
        return patience == null || patience.values() == null
                ? OptionalInt.empty()
                : OptionalInt.of(segments.epochs(state.step()) - patience.waited());
    }

    /** What went wrong first is what is told, even if the end cannot be written either. */
    void after(Exception failure) {
        try {
            boolean cancelled = failure instanceof CancelledException;
            Optional<String> reason = cancelled ? Optional.empty() : Optional.of(text(failure));
            String status = cancelled ? word(Status.INTERRUPTED) : FAILED;
            RunListener.End unused = tell(status, telemetry.step(), OptionalInt.empty(), reason);
        } catch (LockstepException unwritten) {
            failure.addSuppressed(unwritten);
        }
    }

    private static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String text(Exception failure) {
        return failure instanceof LockstepException ? failure.getMessage() : Diagnosis.reason(failure);
    }

    private RunListener.End tell(String status, long step, OptionalInt best, Optional<String> reason) {
        double seconds = (System.nanoTime() - beganNs) / 1e9;
        double rate = telemetry.examples() / seconds;
        RunListener.End end = new RunListener.End(status, segments.epochs(step), step, seconds, rate, best, reason);
        listener.ended(end);
        return end;
    }
}
