package dev.lockstep.params.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.MutableDirectBuffer;

/** Writes what all frames begin with, and whole messages. The table is {@link Frame}'s. */
final class FrameHeader {
    private FrameHeader() {}

    /** All but the check, with no flags. */
    static void write(MutableDirectBuffer frame, FrameType type, Session session, long step) {
        frame.putByte(0, Frame.MAGIC);
        frame.putByte(1, Frame.VERSION);
        frame.putByte(Frame.TYPE_OFFSET, type.code());
        frame.putByte(Frame.FLAGS_OFFSET, (byte) 0);
        frame.putInt(Frame.JOB_OFFSET, session.job(), LITTLE_ENDIAN);
        frame.putInt(Frame.GENERATION_OFFSET, session.generation(), LITTLE_ENDIAN);
        frame.putLong(Frame.STEP_OFFSET, step, LITTLE_ENDIAN);
    }

    /** A whole frame at index 0; returns its length. */
    static int write(MutableDirectBuffer frame, Session session, Message message) {
        write(frame, message.type(), session, message.step());
        BodyWriter body = new BodyWriter(frame, Frame.BODY);
        message.write(body);
        Check.write(frame, 0, body.index(), body.index());
        return body.index();
    }
}
