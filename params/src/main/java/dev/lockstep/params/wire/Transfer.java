package dev.lockstep.params.wire;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.lockstep.params.link.Link;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

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
    private final MutableDirectBuffer head = new UnsafeBuffer(new byte[Frame.WORDS]);
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

    /** As {@link #begin(long, long, int)}, with the weight of a share or the squares of a gradient. */
    public Transfer begin(long ofStep, double figure, int from) {
        return begin(ofStep, Double.doubleToRawLongBits(figure), from);
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
            if (!send(link, session, sent)) {
                return false;
            }

            next += sent;
            pending = carriesWords() && next < count;
        }

        return true;
    }

    private boolean send(Link link, Session session, int sent) {
        ByteBuffer lying = sent > 0 && link.gathers() ? words.bytes(next, sent) : null;
        if (lying != null) {
            writeHead(head, session, sent, /* checked */ false);
            return link.send(head, Frame.WORDS, lying);
        }

        MutableDirectBuffer frame = link.claim(lengthOf(sent));
        if (frame == null) {
            return false;
        }

        boolean checked = link.needsCheck();
        if (sent > 0) {
            words.write(next, sent, frame, Frame.WORDS);
        }

        writeHead(frame, session, sent, checked);
        link.commit();
        return true;
    }

    private static int lengthOf(int sent) {
        return Frame.WORDS + sent * WordBuffer.WORD;
    }

    private boolean carriesWords() {
        return words != null && (flags & Frame.EMPTY) == 0;
    }

    /** Once the words are there, if they are checked. */
    private void writeHead(MutableDirectBuffer frame, Session session, int sent, boolean checked) {
        FrameHeader.write(frame, type, session, step);
        frame.putByte(Frame.FLAGS_OFFSET, (byte) (flags | (checked ? Frame.CHECKED : 0)));
        frame.putLong(Frame.EXTRA_OFFSET, extra, LITTLE_ENDIAN);
        frame.putShort(Frame.MEMBER_OFFSET, (short) member, LITTLE_ENDIAN);
        frame.putShort(Frame.RANGE_OFFSET, (short) range, LITTLE_ENDIAN);
        frame.putInt(Frame.START_OFFSET, next, LITTLE_ENDIAN);
        Check.write(frame, 0, checked ? lengthOf(sent) : Frame.WORDS, lengthOf(sent));
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
