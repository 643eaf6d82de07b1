package dev.lockstep.worker.layer;

import java.io.Serializable;

/** A number for each of an image's two directions; one number stands for both. */
public record Size2d(int height, int width) implements Serializable {
    public Size2d(int both) {
        this(both, both);
    }

    int[] asInts() {
        return new int[] {height, width};
    }

    long[] asLongs() {
        return new long[] {height, width};
    }

    void requireAtLeast(int least, String name) {
        if (height < least || width < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ": " + name + "=" + this);
        }
    }

    @Override
    public String toString() {
        return "[" + height + ", " + width + "]";
    }
}
