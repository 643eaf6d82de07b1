package dev.lockstep.params.wire;

/**
 * The job is to end after the next step that is applied. Coordinator to the shard of the first trained range, again and
 * again once asked for.
 */
public record Stop() implements Message {
    @Override
    public FrameType type() {
        return FrameType.STOP;
    }

    @Override
    public void write(BodyWriter out) {}

    public static Stop read(Frame frame) {
        BodyReader in = frame.body();
        return in.end(new Stop());
    }
}
