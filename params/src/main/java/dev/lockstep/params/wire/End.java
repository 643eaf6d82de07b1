package dev.lockstep.params.wire;

/** The job is over: a shard of it is not needed any more. Coordinator to shards. */
public record End() implements Message {
    @Override
    public FrameType type() {
        return FrameType.END;
    }

    @Override
    public void write(BodyWriter out) {}

    public static End read(Frame frame) {
        return frame.body().end(new End());
    }
}
