package dev.lockstep.params.wire;

/**
 * A member knows all others. Worker or shard to coordinator, in answer to every START.
 *
 * <pre>
 *    24  byte    role: 0 WORKER, 1 SHARD
 *    25  int     index
 * </pre>
 */
public record Ready(Role role, int index) implements Message {
    @Override
    public FrameType type() {
        return FrameType.READY;
    }

    @Override
    public void write(BodyWriter out) {
        out.writeEnum(role).writeInt(index);
    }

    public static Ready read(Frame frame) {
        BodyReader in = frame.body();
        return in.end(new Ready(in.readEnum(Role.values()), in.readInt()));
    }
}
