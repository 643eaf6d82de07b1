package dev.lockstep.params.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.lockstep.params.link.Link;
import org.agrona.MutableDirectBuffer;

/**
 * A number of words that are sent to one member, in as many pieces as the link needs. Made once for each range and
 * receiver, and begun anew for every step. A word is read when its piece goes out, and not before. One thread at a
 * time.
 */
public final class Transfer {
    /** Words of the longest piece: 64,000 bytes, which any link within a machine takes. */
    private static final int LONGEST = 16_000;

    private final FrameType type;
    private final int member;
    private final int range;
    private WordBuffer words;
    private int count;
    private long step;
    private long extra;
    private int flags;
    private int next;
    private boolean pending;
    private boolean queued;

    /**
     * @param member see {@link Frame}
     * @param words may be null for pieces that carry none
     */
    public Transfer(FrameType type, int member, int range, WordBuffer words) {
        this.type = type;
        this.member = member;
        this.range = range;
        this.words = words;
        this.count = words == null ? 0 : words.count();
    }

    /** Sends the first words of another buffer, from the next {@link #begin} on. */
    public Transfer carry(WordBuffer other, int total) {
        this.words = other;
        this.count = total;
        return this;
    }

    /**
     * Lets an outbox send the words from {@code from} on, for this step. Pieces of an earlier step that have not gone
     * out are not sent any more.
     *
     * @param part which array or round; see {@link Frame}
     */
    public Transfer begin(long ofStep, long part, int from) {
        this.step = ofStep;
        this.extra = part;
        this.flags = 0;
        this.next = from;
        this.pending = true;
        return this;
    }

    /** As {@link #begin(long, long, int)}, with the weight of a share. */
    public Transfer begin(long ofStep, double weight, int from) {
        return begin(ofStep, Double.doubleToRawLongBits(weight), from);
    }

    /** Marks all its pieces with these flags of {@link Frame}. */
    public Transfer marked(int marks) {
        this.flags |= marks;
        return this;
    }

    /** Lets an outbox send one piece without words, which stands for the whole range. */
    public Transfer beginEmpty(long ofStep) {
        begin(ofStep, 0L, 0);
        this.flags = Frame.EMPTY;
        return this;
    }

    /** The number of words in all. */
    public int count() {
        return count;
    }

    public boolean pending() {
        return pending;
    }

    /** Sends pieces while there is room; false if some are left. */
    boolean advance(Link link, Session session) {
        int room = Math.min(LONGEST, (link.maxFrameLength() - Frame.WORDS) / WordBuffer.WORD);
        while (pending) {
            int sent = carriesWords() ? Math.min(room, count - next) : 0;
            int length = Frame.WORDS + sent * WordBuffer.WORD;
            MutableDirectBuffer frame = link.claim(length);
            if (frame == null) {
                return false;
            }

            write(frame, session, sent, link.leavesMachine());
            link.commit();
            next += sent;
            pending = carriesWords() && next < count;
        }

        return true;
    }

    private boolean carriesWords() {
        return words != null && (flags & Frame.EMPTY) == 0;
    }

    private void write(MutableDirectBuffer frame, Session session, int sent, boolean seal) {
        int length = Frame.WORDS + sent * WordBuffer.WORD;
        FrameHeader.write(frame, type, session, step);
        frame.putByte(Frame.FLAGS_OFFSET, (byte) (flags | (seal ? Frame.SEALED : 0)));
        frame.putLong(Frame.EXTRA_OFFSET, extra, LITTLE_ENDIAN);
        frame.putShort(Frame.MEMBER_OFFSET, (short) member, LITTLE_ENDIAN);
        frame.putShort(Frame.RANGE_OFFSET, (short) range, LITTLE_ENDIAN);
        frame.putInt(Frame.START_OFFSET, next, LITTLE_ENDIAN);
        if (sent > 0) {
            words.write(next, sent, frame, Frame.WORDS);
        }

        Check.write(frame, 0, seal ? length : Frame.WORDS, length);
    }

    /** Notes whether an outbox holds it, so that it never holds it twice. */
    boolean enqueue() {
        boolean isNew = !queued;
        this.queued = true;
        return isNew;
    }

    void dequeue() {
        this.queued = false;
    }
}
