package dev.lockstep.params.wire;

/**
 * All reports up to a step are there; also says that the coordinator lives. Coordinator to worker, at every heartbeat.
 */
public record Seen(long step) implements Message {
    @Override
    public FrameType type() {
        return FrameType.SEEN;
    }

    @Override
    public void write(BodyWriter out) {}

    public static Seen read(Frame frame) {
        BodyReader in = frame.body();
        return in.end(new Seen(frame.step()));
    }
}
