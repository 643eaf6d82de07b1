package dev.lockstep.optim.update;

/** Leaves gradients as they are. */
public record NoClip() implements Clip {
    @Override
    public void clip(float[] gradient, int start, int end, double norm) {}
}
