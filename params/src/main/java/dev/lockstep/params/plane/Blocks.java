package dev.lockstep.params.plane;

/** Two arrays that stay in the processor's nearest cache while a sum passes through them. One thread. */
public final class Blocks {
    static final int LENGTH = 4_096;

    final float[] sum = new float[LENGTH];
    final float[] next = new float[LENGTH];
}
