package dev.lockstep.params.wire;

/**
 * A member lives. Worker or shard to coordinator, at every heartbeat.
 *
 * <pre>
 *    24  byte    role: 0 WORKER, 1 SHARD
 *    25  int     index
 * </pre>
 */
public record Alive(Role role, int index) implements Message {
    @Override
    public FrameType type() {
        return FrameType.ALIVE;
    }

    @Override
    public void write(BodyWriter out) {
        out.writeEnum(role).writeInt(index);
    }

    public static Alive read(Frame frame) {
        BodyReader in = frame.body();
        return in.end(new Alive(in.readEnum(Role.values()), in.readInt()));
    }
}
