package dev.lockstep.driver.check;

import dev.lockstep.driver.TrainingException;
import dev.lockstep.worker.check.TensorCheck;
import dev.lockstep.worker.check.TensorCheck.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of the gradient check.
 *
 * @param examples it was done with
 * @param seed of the values that were drawn
 * @param tensors the worst first; empty where nothing could be checked
 * @param obstacle why nothing could be checked; null if it could
 */
public record GradientReport(int examples, double tolerance, long seed, List<TensorCheck> tensors, String obstacle) {
    public GradientReport {
        tensors = List.copyOf(tensors);
    }

    /** In a few words: of how many tensors it is right, and how far off at most. */
    public String summary() {
        if (obstacle != null) {
            return "not checked";
        }

        List<String> counts = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            if (count(outcome) > 0) {
                counts.add(outcome.name().toLowerCase(Locale.ROOT) + " at " + count(outcome));
            }
        }
        double largest = tensors.stream().mapToDouble(TensorCheck::error).max().orElse(0);
        return String.join(", ", counts)
                + String.format(Locale.ROOT, " of %d tensors, largest error %.1e", tensors.size(), largest);
    }

    private long count(Outcome outcome) {
        return tensors.stream().filter(tensor -> tensor.outcome() == outcome).count();
    }

    /**
     * @throws TrainingException that names the worst, if a gradient is not the slope of the loss
     */
    public void requireRight() {
        if (count(Outcome.WRONG) == 0) {
            return;
        }

        TensorCheck worst = tensors.get(0);
        throw new TrainingException(String.format(
                Locale.ROOT,
                "Gradient is not the slope of the loss: parameter=%s, value=%d, gradient=%.6g, slope=%.6g, error=%.2g,"
                        + " tolerance=%.2g, wrong tensors=%d of %d. Look at what comes behind this parameter: a layer, a"
                        + " program or a loss whose derivative is not its own.",
                worst.parameter().name(),
                worst.worst(),
                worst.gradient(),
                worst.slope(),
                worst.error(),
                tolerance,
                count(Outcome.WRONG),
                tensors.size()));
    }
}
