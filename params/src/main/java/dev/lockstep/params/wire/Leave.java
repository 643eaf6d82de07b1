package dev.lockstep.params.wire;

/**
 * A worker has done its segment and goes. Worker to coordinator.
 *
 * <pre>
 *    24  int     worker
 * </pre>
 */
public record Leave(int worker) implements Message {
    @Override
    public FrameType type() {
        return FrameType.LEAVE;
    }

    @Override
    public void write(BodyWriter out) {
        out.writeInt(worker);
    }

    public static Leave read(Frame frame) {
        BodyReader in = frame.body();
        return in.end(new Leave(in.readInt()));
    }
}
