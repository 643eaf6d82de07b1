package dev.lockstep.worker.layer;

import dev.lockstep.losses.NumberChecks;
import java.io.Serializable;
import java.util.List;

/**
 * What a convolution adds around its input.
 *
 * @param sizes one for all directions or one for each; none for as much as keeps the input's size
 */
public record Padding(List<Integer> sizes) implements Serializable {
    /** As much as keeps the size, more behind than before where it is odd. */
    public static final Padding SAME = new Padding(List.of());

    public Padding {
        sizes = List.copyOf(sizes);
        sizes.forEach(size -> NumberChecks.requireAtLeastZero("padding", size));
    }

    /** From what a job file says: a number, {@code same} or {@code valid}. */
    public Padding(String text) {
        this(parsed(text));
    }

    public static Padding of(Integer... sizes) {
        return new Padding(List.of(sizes));
    }

    private static List<Integer> parsed(String text) {
        if (text.equals("same")) {
            return List.of();
        }
        if (text.equals("valid")) {
            return List.of(0);
        }
        try {
            return List.of(Integer.valueOf(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("padding must be a number, same or valid: padding=" + text, e);
        }
    }

    /** PyTorch's rules, for a convolution in so many directions. */
    void require(int directions, long[] strides) {
        if (sizes.size() > 1 && sizes.size() != directions) {
            throw new IllegalArgumentException("padding must have one size or " + directions + ": padding=" + sizes);
        }
        for (long stride : strides) {
            if (sizes.isEmpty() && stride != 1) {
                throw new IllegalArgumentException("padding same needs stride 1: stride=" + stride);
            }
        }
    }

    /** What comes before and behind the input in one direction, together. */
    public int total(int direction, int kernel, int dilation) {
        return sizes.isEmpty() ? Math.multiplyExact(dilation, kernel - 1) : Math.multiplyExact(2, size(direction));
    }

    /** What comes before it. */
    public int before(int direction, int kernel, int dilation) {
        return sizes.isEmpty() ? total(direction, kernel, dilation) / 2 : size(direction);
    }

    private int size(int direction) {
        return sizes.get(sizes.size() == 1 ? 0 : direction);
    }
}
