package dev.lockstep.driver.train.progress;

import dev.lockstep.driver.report.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Warns, once in a run, that the network learns its training data by heart: in each of several epochs in turn the
 * training loss fell while the validation loss rose, and that by enough in all not to be chance.
 */
public final class Overfitting implements RunListener {
    /** Epochs in turn that make a trend. */
    private static final int EPOCHS = 3;
    /** What the validation loss must have risen by in them, as a share of where it was. */
    private static final double LEAST_RISE = 0.01;

    private final boolean stopsEarly;
    private final Consumer<String> log;
    private final List<Epoch> epochs = new ArrayList<>();
    private boolean warned;

    /**
     * @param stopsEarly whether the run keeps its best epoch as it is
     * @param log gets the warning
     */
    public Overfitting(boolean stopsEarly, Consumer<String> log) {
        this.stopsEarly = stopsEarly;
        this.log = log;
    }

    @Override
    public void started(Start start) {}

    @Override
    public void step(Step step) {}

    @Override
    public void epoch(Epoch epoch) {
        // After a failure an epoch may come a second time.
        epochs.removeIf(known -> known.epoch() >= epoch.epoch());
        epochs.add(epoch);
        if (!warned) {
            warning().ifPresent(text -> {
                warned = true;
                log.accept(text);
            });
        }
    }

    @Override
    public void ended(End end) {}

    private Optional<String> warning() {
        List<Epoch> last = epochs.subList(Math.max(0, epochs.size() - 1 - EPOCHS), epochs.size());
        if (last.size() <= EPOCHS) {
            return Optional.empty();
        }

        for (int i = 1; i < last.size(); i++) {
            if (!drifts(last.get(i - 1), last.get(i))) {
                return Optional.empty();
            }
        }
        Epoch first = last.get(0);
        Epoch now = last.get(EPOCHS);
        boolean clear = validation(now) - validation(first) > LEAST_RISE * Math.abs(validation(first));
        return clear ? Optional.of(text(first, now)) : Optional.empty();
    }

    private static boolean drifts(Epoch before, Epoch after) {
        return after.loss() < before.loss() && validation(after) > validation(before);
    }

    /** NaN, which is neither above nor below anything, where there are no validation data. */
    private static double validation(Epoch epoch) {
        return epoch.validation().getOrDefault("loss", Double.NaN);
    }

    private String text(Epoch first, Epoch now) {
        return String.format(
                Locale.ROOT,
                "The network overfits: from epoch %d to %d the training loss fell from %.4g to %.4g and the validation loss rose"
                        + " from %.4g to %.4g. %s data, dropout or regularization may help.",
                first.epoch(),
                now.epoch(),
                first.loss(),
                now.loss(),
                validation(first),
                validation(now),
                stopsEarly ? "More" : "train.early_stopping would keep the best epoch; more");
    }
}
