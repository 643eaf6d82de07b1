package dev.lockstep.driver.model;

import dev.lockstep.driver.data.source.Targets;
import dev.lockstep.losses.Bce;
import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.CosineEmbedding;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.HingeEmbedding;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.MarginRanking;
import dev.lockstep.losses.MultiLabelSoftMargin;
import dev.lockstep.losses.MultiMargin;
import dev.lockstep.losses.Nll;
import dev.lockstep.losses.SoftMargin;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the numbers of a label mean to a loss, so that a bad one is found where it is read. */
public final class Labels {
    private static final Set<Class<? extends Loss>> OF_CLASSES =
            Set.of(CrossEntropy.class, Nll.class, MultiMargin.class);
    private static final Set<Class<? extends Loss>> OF_SIGNS =
            Set.of(SoftMargin.class, HingeEmbedding.class, CosineEmbedding.class, MarginRanking.class);
    private static final Set<Class<? extends Loss>> OF_FRACTIONS =
            Set.of(Bce.class, BceWithLogits.class, MultiLabelSoftMargin.class);

    private Labels() {}

    /**
     * What a loss wants.
     *
     * @param predictions extents of one prediction, if they are known
     * @param width numbers of one label
     */
    public static Targets of(Loss loss, Optional<List<Integer>> predictions, int width) {
        if (OF_SIGNS.contains(loss.getClass())) {
            return Targets.signs();
        }
        if (OF_FRACTIONS.contains(loss.getClass())) {
            return Targets.fractions();
        }

        // Any number of classes will do where only the data can tell the shape of the network's input.
        List<Integer> shape = predictions.orElse(List.of(Integer.MAX_VALUE));
        return OF_CLASSES.contains(loss.getClass()) && holdsIndices(loss, shape, width)
                ? classes(loss, predictions.isEmpty() || shape.isEmpty() ? 0 : shape.get(0))
                : Targets.values();
    }

    /** Class numbers, one of which the loss may leave out. */
    static Targets classes(Loss loss, int classes) {
        return new Targets(Targets.Kind.CLASSES, classes, ignored(loss));
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

    private static Integer ignored(Loss loss) {
        if (loss instanceof CrossEntropy entropy) {
            return entropy.ignoreIndex();
        }
        return loss instanceof Nll nll ? nll.ignoreIndex() : null;
    }
}
