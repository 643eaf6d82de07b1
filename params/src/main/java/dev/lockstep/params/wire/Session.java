package dev.lockstep.params.wire;

/**
 * Which job and which membership of it a frame belongs to. Frames of another are dropped.
 *
 * @param generation counts changes of membership; 0 before the first
 */
public record Session(int job, int generation) {
    public boolean matches(Frame frame) {
        return frame.job() == job && frame.generation() == generation;
    }
}
