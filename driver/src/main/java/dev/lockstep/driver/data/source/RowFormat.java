package dev.lockstep.driver.data.source;

import dev.lockstep.worker.Examples;
import java.io.Serializable;

/**
 * What a packed example consists of: {@code groups} feature arrays of {@code width} numbers each, and {@code targets}
 * numbers.
 *
 * @param groups 1 for most networks, 2 or 3 where pairs or triplets go through one shared network
 */
public record RowFormat(int groups, int width, int targets) implements Serializable {
    /** Examples that are all zeros, to be filled. */
    public Examples allocate(int count) {
        return new Examples(count, new float[groups][count * width], new float[count * targets]);
    }

    /** Numbers of one example when its groups and its targets lie one after the other. */
    public int flatLength() {
        return groups * width + targets;
    }

    public void copy(Examples from, int fromRow, Examples to, int toRow) {
        for (int group = 0; group < groups; group++) {
            System.arraycopy(from.features()[group], fromRow * width, to.features()[group], toRow * width, width);
        }
        System.arraycopy(from.targets(), fromRow * targets, to.targets(), toRow * targets, targets);
    }

    public void copyFlat(float[] row, Examples to, int toRow) {
        for (int group = 0; group < groups; group++) {
            System.arraycopy(row, group * width, to.features()[group], toRow * width, width);
        }
        System.arraycopy(row, groups * width, to.targets(), toRow * targets, targets);
    }
}
