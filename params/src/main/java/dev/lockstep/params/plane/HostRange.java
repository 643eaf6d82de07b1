package dev.lockstep.params.plane;

import dev.lockstep.params.Range;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One range in the memory of a host: the gradients of its workers, which are added in worker order where they lie, and
 * the values that all of them compute with. One thread.
 *
 * <pre>
 *   sum = ((g₀ + g₁) + g₂) + …    over the host's workers that had examples
 * </pre>
 */
public final class HostRange {
    private final Range range;
    private final Region values;
    private final Region[] gradients;
    private final int emptyFlag;
    private final Blocks blocks;

    /**
     * @param gradients of the host's workers, in their order
     * @param emptyFlag that of a gradient's stamp that has nothing to add
     */
    public HostRange(Range range, Region values, List<Region> gradients, int emptyFlag, Blocks blocks) {
        this.range = range;
        this.values = values;
        this.gradients = gradients.toArray(Region[]::new);
        this.emptyFlag = emptyFlag;
        this.blocks = blocks;
    }

    /** Whether all workers of the host have their gradients of a step here. */
    public boolean isWhole(long step) {
        for (Region gradient : gradients) {
            if (!gradient.stands(range.index(), step)) {
                return false;
            }
        }

        return true;
    }

    /** Whether nobody has anything to add. */
    public boolean isEmpty() {
        for (Region gradient : gradients) {
            if (!isEmpty(gradient)) {
                return false;
            }
        }

        return true;
    }

    private boolean isEmpty(Region gradient) {
        return (gradient.flags(range.index()) & emptyFlag) != 0;
    }

    /** Of all shares, added in worker order. */
    public double weight() {
        double weight = 0;
        for (Region gradient : gradients) {
            weight += gradient.weight(range.index());
        }

        return weight;
    }

    /** Writes the sum of some of the range's values to the same places of an array as long as the range. */
    public void sum(float[] into, int from, int to) {
        for (int start = from; start < to; start += Blocks.LENGTH) {
            int count = Math.min(Blocks.LENGTH, to - start);
            sumBlock(start, count);
            System.arraycopy(blocks.sum, 0, into, start, count);
        }
    }

    /** Adds the sum of some of the range's values to those of an array as long as the range. */
    public void add(float[] into, int from, int to) {
        for (int start = from; start < to; start += Blocks.LENGTH) {
            int count = Math.min(Blocks.LENGTH, to - start);
            sumBlock(start, count);
            System.arraycopy(into, start, blocks.next, 0, count);
            add(blocks.next, blocks.sum, count);
            System.arraycopy(blocks.next, 0, into, start, count);
        }
    }

    private void sumBlock(int start, int count) {
        boolean first = true;
        for (Region gradient : gradients) {
            if (!isEmpty(gradient)) {
                float[] block = first ? blocks.sum : blocks.next;
                gradient.floats().get(range.start() + start, block, 0, count);
                if (!first) {
                    add(blocks.sum, blocks.next, count);
                }

                first = false;
            }
        }
    }

    /** Both arrays are walked by one index: with two, the compiler would not use vector instructions. */
    private static void add(float[] to, float[] values, int count) {
        for (int i = 0; i < count; i++) {
            to[i] += values[i];
        }
    }

    /** The values of all ranges, as all workers of the host see them; live. */
    public ByteBuffer shown() {
        return values.bytes();
    }

    /** Writes some new values, of an array as long as the range, for all workers of the host. */
    public void show(float[] params, int start, int end) {
        values.floats().put(range.start() + start, params, start, end - start);
    }

    /**
     * The new values are in their places.
     *
     * @param squares of the gradient that they came by, added
     */
    public void shown(long step, int flags, double squares) {
        values.stamp(range.index(), step, flags, squares);
    }
}
