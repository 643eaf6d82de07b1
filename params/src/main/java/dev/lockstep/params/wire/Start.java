package dev.lockstep.params.wire;

import dev.lockstep.params.ProtocolException;
import dev.lockstep.params.Segment;

/**
 * All members are there and a segment begins. Coordinator to all workers and shards, repeated until READY comes.
 *
 * <pre>
 *    24  int     workers
 *    28  int     shards
 *    32  int     epoch
 *    36  long    from
 *    44  long    to
 *    52  int     stepsPerEpoch
 *    56  int     reductions
 * </pre>
 *
 * @param workers how many MEMBER frames of workers belong to it
 * @param shards how many of shards
 */
public record Start(int workers, int shards, Segment segment) implements Message {
    @Override
    public FrameType type() {
        return FrameType.START;
    }

    @Override
    public void write(BodyWriter out) {
        out.writeInt(workers)
                .writeInt(shards)
                .writeInt(segment.epoch())
                .writeLong(segment.from())
                .writeLong(segment.to())
                .writeInt(segment.stepsPerEpoch())
                .writeInt(segment.reductions());
    }

    public static Start read(Frame frame) {
        BodyReader in = frame.body();
        int workers = in.readInt();
        int shards = in.readInt();
        return in.end(new Start(workers, shards, segment(in)));
    }

    private static Segment segment(BodyReader in) {
        try {
            return new Segment(in.readInt(), in.readLong(), in.readLong(), in.readInt(), in.readInt());
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("Start has an impossible segment: " + e.getMessage());
        }
    }
}
