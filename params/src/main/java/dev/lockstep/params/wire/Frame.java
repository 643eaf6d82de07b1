package dev.lockstep.params.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.lockstep.params.ProtocolException;
import org.agrona.DirectBuffer;

/**
 * Reads one frame in place. A flyweight and not a record, because thousands of pieces arrive in a step: wrap it anew
 * for each.
 *
 * <pre>
 *    0  byte   magic, always 0x4C
 *    1  byte   version, always 4
 *    2  byte   type
 *    3  byte   flags: 1 EMPTY, 2 STOP, 4 CHECKED, 8 MORE, 16 SKIPPED
 *    4  int    check over the length and all other bytes; over a piece's words only if CHECKED
 *    8  int    job
 *   12  int    generation
 *   16  long   step
 *   24         what the message's record writes; or, in a piece:
 *   24  long   weight of the share (PUSH, as double), squares of the gradient (BROADCAST, as double), array (PULL,
 *              STATE), round (SUMS, ASK_SUMS), words in all (ALL_REDUCE, ALL_REDUCE_RESULT), else 0
 *   32  ushort member: the sending worker or shard; BROADCAST, STATE and ALL_REDUCE_RESULT carry the receiving worker
 *   34  ushort range, or round (ALL_REDUCE, ALL_REDUCE_RESULT)
 *   36  int    start, index in the range of the first word
 *   40  word   until the end
 * </pre>
 *
 * Little-endian. Not thread-safe, and valid only until the link's buffer is given back.
 */
public final class Frame {
    public static final int BODY = 24;
    public static final int WORDS = 40;

    /** Words that a worker may add up in one round: two million channels' sums. */
    public static final int LONGEST_SUM = 1 << 23;

    static final byte MAGIC = 0x4C;
    static final byte VERSION = 4;
    public static final int EMPTY = 1;
    public static final int STOP = 2;
    public static final int MORE = 8;
    /** Of a BROADCAST: the step was not made, because its gradient is not finite. */
    public static final int SKIPPED = 16;

    static final int CHECKED = 4;
    static final int TYPE_OFFSET = 2;
    static final int FLAGS_OFFSET = 3;
    static final int JOB_OFFSET = 8;
    static final int GENERATION_OFFSET = 12;
    static final int STEP_OFFSET = 16;
    static final int EXTRA_OFFSET = 24;
    static final int MEMBER_OFFSET = 32;
    static final int RANGE_OFFSET = 34;
    static final int START_OFFSET = 36;

    private DirectBuffer buffer;
    private int offset;
    private int length;
    private FrameType type;
    private boolean placed;

    /** Reads the header of a frame; throws {@link ProtocolException} unless it is whole and of this version. */
    public Frame wrap(DirectBuffer frame, int at, int bytes) {
        if (bytes < BODY) {
            throw new ProtocolException("Frame is shorter than its header: length=" + bytes + ", header=" + BODY);
        }
        if (frame.getByte(at) != MAGIC || frame.getByte(at + 1) != VERSION) {
            throw new ProtocolException("Frame is of another kind or version: magic=" + frame.getByte(at) + ", version="
                    + frame.getByte(at + 1) + ", expected=" + MAGIC + " and " + VERSION);
        }

        this.type = FrameType.of(frame.getByte(at + TYPE_OFFSET));
        this.buffer = frame;
        this.offset = at;
        this.length = bytes;
        this.placed = false;
        requireWhole();
        return this;
    }

    /** As {@link #wrap}, of a frame whose words are not behind its head: they are, or will be, where they belong. */
    public Frame wrapHead(DirectBuffer frame, int at, int bytes) {
        boolean isApart = FrameType.of(frame.getByte(at + TYPE_OFFSET)).isPiece()
                && (frame.getByte(at + FLAGS_OFFSET) & CHECKED) == 0;
        if (!isApart) {
            throw new ProtocolException("Frame must come whole: length=" + bytes);
        }

        wrap(frame, at, bytes);
        this.placed = true;
        return this;
    }

    /** Whether its words are where they belong. */
    boolean isPlaced() {
        return placed;
    }

    private void requireWhole() {
        boolean shaped = !type.isPiece() || (length >= WORDS && (length - WORDS) % WordBuffer.WORD == 0);
        int covered = type.isPiece() && !flag(CHECKED) ? WORDS : length;
        if (!shaped || !Check.fits(buffer, offset, covered, length)) {
            throw new ProtocolException("Frame is damaged: type=" + type + ", length=" + length);
        }
    }

    public FrameType type() {
        return type;
    }

    public int job() {
        return buffer.getInt(offset + JOB_OFFSET, LITTLE_ENDIAN);
    }

    public int generation() {
        return buffer.getInt(offset + GENERATION_OFFSET, LITTLE_ENDIAN);
    }

    public long step() {
        return buffer.getLong(offset + STEP_OFFSET, LITTLE_ENDIAN);
    }

    /** Of a PUSH: there is nothing to add for the whole range. */
    public boolean empty() {
        return flag(EMPTY);
    }

    /** Of a BROADCAST: the job ends after this step. */
    public boolean stop() {
        return flag(STOP);
    }

    /** Of a BROADCAST: the step goes on with another evaluation of the loss, at these values. */
    public boolean more() {
        return flag(MORE);
    }

    /** All but whether its words are checked, as stamps in the memory of a host carry them, too. */
    public int flags() {
        return buffer.getByte(offset + FLAGS_OFFSET) & ~CHECKED & 0xFF;
    }

    /** Of a PUSH. */
    public double weight() {
        return figure();
    }

    /** Of a BROADCAST: of the gradient that its values came by, the sum of squares over the range. */
    public double squares() {
        return figure();
    }

    private double figure() {
        return buffer.getDouble(offset + EXTRA_OFFSET, LITTLE_ENDIAN);
    }

    /** Which array of a range, which round of SUMS, or how many words an ALL_REDUCE or ALL_REDUCE_RESULT has in all. */
    public int part() {
        return (int) buffer.getLong(offset + EXTRA_OFFSET, LITTLE_ENDIAN);
    }

    public int member() {
        return buffer.getShort(offset + MEMBER_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    /** Of ALL_REDUCE and ALL_REDUCE_RESULT: the round. */
    public int range() {
        return buffer.getShort(offset + RANGE_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    }

    public int start() {
        return buffer.getInt(offset + START_OFFSET, LITTLE_ENDIAN);
    }

    /** How many words it carries. */
    public int count() {
        return (length - WORDS) / WordBuffer.WORD;
    }

    /** Copies {@code count} of its words, from the {@code from}-th on, to {@code start} of {@code into}. */
    public void copyWords(int from, int count, WordBuffer into, int start) {
        into.read(start, count, buffer, offset + WORDS + from * WordBuffer.WORD);
    }

    /** Reads what a message's record wrote. */
    BodyReader body() {
        return new BodyReader(buffer, offset + BODY, offset + length);
    }

    private boolean flag(int flag) {
        return (buffer.getByte(offset + FLAGS_OFFSET) & flag) != 0;
    }
}
