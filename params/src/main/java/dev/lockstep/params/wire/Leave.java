package dev.lockstep.params.wire;

/**
 * A worker has done its segment and goes. Worker to coordinator, repeated until it comes back as the answer.
 *
 * <pre>
 *    24  int     worker
 *    28  int     generation
 * </pre>
 *
 * @param generation that it leaves; the coordinator may have begun the next one before its answer has arrived
 */
public record Leave(int worker, int generation) implements Message {
    @Override
    public FrameType type() {
        return FrameType.LEAVE;
    }

    @Override
    public void write(BodyWriter out) {
        out.writeInt(worker).writeInt(generation);
    }

    public static Leave read(Frame frame) {
        BodyReader in = frame.body();
        return in.end(new Leave(in.readInt(), in.readInt()));
    }
}
