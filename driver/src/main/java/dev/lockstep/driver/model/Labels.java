package dev.lockstep.driver.model;

import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.losses.Loss;
import java.util.List;
import java.util.Optional;

/** What the numbers of a label mean to a loss, so that a bad one is found where it is read. */
public final class Labels {
    private Labels() {}

    /**
     * What a loss wants.
     *
     * @param predictions extents of one prediction, if they are known
     * @param width numbers of one label
     */
    public static TargetSpec of(Loss loss, Optional<List<Integer>> predictions, int width) {
        return switch (loss.targetKind()) {
            case SIGNS -> TargetSpec.signs();
            case FRACTIONS -> TargetSpec.fractions();
            case VALUES -> TargetSpec.values();
            case CLASSES -> classesOrValues(loss, predictions, width);
        };
    }

    private static TargetSpec classesOrValues(Loss loss, Optional<List<Integer>> predictions, int width) {
        // Any number of classes will do where only the data can tell the shape of the network's input.
        List<Integer> shape = predictions.orElse(List.of(Integer.MAX_VALUE));
        return holdsIndices(loss, shape, width)
                ? classes(loss, predictions.isEmpty() || shape.isEmpty() ? 0 : shape.get(0))
                : TargetSpec.values();
    }

    /** Class numbers, one of which the loss may leave out. */
    static TargetSpec classes(Loss loss, int classes) {
        return new TargetSpec(
                TargetSpec.Kind.CLASSES,
                classes,
                loss.ignoredClass().isPresent() ? loss.ignoredClass().getAsInt() : null);
    }

    private static boolean holdsIndices(Loss loss, List<Integer> predictions, int width) {
        int[] shape = new int[1 + predictions.size()];
        shape[0] = 1;
        for (int i = 0; i < predictions.size(); i++) {
            shape[1 + i] = predictions.get(i);
        }
        try {
            return loss.target(new double[width], shape).holdsIndices();
        } catch (IllegalArgumentException e) {
            // Another number of labels than the network predicts, or one that only the data tell: the loss will look at
            // them.
            return false;
        }
    }
}
