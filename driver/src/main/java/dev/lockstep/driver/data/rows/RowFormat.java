package dev.lockstep.driver.data.rows;

import dev.lockstep.worker.Examples;
import java.io.Serializable;

/**
 * What a packed example consists of: {@code groups} feature arrays of {@code width} numbers each, {@code targets}
 * numbers, and perhaps a weight.
 *
 * @param groups 1 for most networks, 2 or 3 where pairs or triplets go through one shared network
 * @param weighted whether examples have weights; without, all count the same
 */
public record RowFormat(int groups, int width, int targets, boolean weighted) implements Serializable {
    /** Without weights. */
    public RowFormat(int groups, int width, int targets) {
        this(groups, width, targets, /* weighted */ false);
    }

    /** Examples that are all zeros, to be filled. */
    public Examples allocate(int count) {
        return new Examples(
                count,
                new float[groups][count * width],
                new float[count * targets],
                weighted ? new float[count] : null);
    }

    /** Numbers of one example when its groups, its targets and its weight lie one after the other. */
    public int flatLength() {
        return groups * width + targets + (weighted ? 1 : 0);
    }

    public void copy(Examples from, int fromRow, Examples to, int toRow) {
        for (int group = 0; group < groups; group++) {
            System.arraycopy(from.features()[group], fromRow * width, to.features()[group], toRow * width, width);
        }
        System.arraycopy(from.targets(), fromRow * targets, to.targets(), toRow * targets, targets);
        if (weighted) {
            to.weights()[toRow] = from.weights()[fromRow];
        }
    }

    public void copyFlat(float[] row, Examples to, int toRow) {
        for (int group = 0; group < groups; group++) {
            System.arraycopy(row, group * width, to.features()[group], toRow * width, width);
        }
        System.arraycopy(row, groups * width, to.targets(), toRow * targets, targets);
        if (weighted) {
            to.weights()[toRow] = row[groups * width + targets];
        }
    }
}
