package dev.lockstep.params.shard;

import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;

/**
 * Everything that a shard keeps of one range, copied: what a checkpoint holds.
 *
 * <p>A plain final class because it may pass through Spark. The arrays belong to whoever holds this.
 */
public final class RangeContents implements java.io.Serializable {
    private final int range;
    private final long step;
    private final float[] params;
    private final float[][] slots;
    private final double[] scalars;

    /**
     * @param step the last step that was applied
     * @param slots one array per slot of the range's state, each as long as {@code params}
     * @param scalars those of all the range's slices, one after another
     */
    public RangeContents(int range, long step, float[] params, float[][] slots, double[] scalars) {
        this.range = range;
        this.step = step;
        this.params = params;
        this.slots = slots;
        this.scalars = scalars;
    }

    /** The values as a model has them: averaged where the optimizer keeps averages. A copy. */
    public float[] evaluated(Layout layout, UpdateRule rule) {
        if (slots == null) {
            return params.clone();
        }

        OwnedRange owned = new OwnedRange(layout.ranges().get(range), layout, rule);
        owned.load(this);
        return owned.evaluated();
    }

    /** Index in the layout. */
    public int range() {
        return range;
    }

    public long step() {
        return step;
    }

    public float[] params() {
        return params;
    }

    public float[][] slots() {
        return slots;
    }

    public double[] scalars() {
        return scalars;
    }
}
