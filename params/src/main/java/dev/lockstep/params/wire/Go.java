package dev.lockstep.params.wire;

/**
 * All members are ready. Coordinator to workers, in answer to READY once all are.
 */
public record Go() implements Message {
    @Override
    public FrameType type() {
        return FrameType.GO;
    }

    @Override
    public void write(BodyWriter out) {}

    public static Go read(Frame frame) {
        BodyReader in = frame.body();
        return in.end(new Go());
    }
}
