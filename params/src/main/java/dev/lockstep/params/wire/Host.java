package dev.lockstep.params.wire;

/**
 * A process that has joined is to create a shard. Coordinator to worker, repeated until HOSTED comes. The step says
 * which state the shard must have.
 *
 * <pre>
 *    24  int     shard
 * </pre>
 */
public record Host(long step, int shard) implements Message {
    @Override
    public FrameType type() {
        return FrameType.HOST;
    }

    @Override
    public void write(BodyWriter out) {
        out.writeInt(shard);
    }

    public static Host read(Frame frame) {
        BodyReader in = frame.body();
        return in.end(new Host(frame.step(), in.readInt()));
    }
}
