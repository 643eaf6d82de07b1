package dev.lockstep.params.wire;

import dev.lockstep.params.link.Link;
import java.util.ArrayDeque;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What waits for room in one link: messages first, then transfers in the order in which they were added. One thread at
 * a time.
 */
public final class Outbox {
    /** Messages kept at most. */
    private static final int CAPACITY = 512;

    private final Link link;
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(256);
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private final ArrayDeque<Transfer> transfers = new ArrayDeque<>();

    public Outbox(Link link) {
        this.link = link;
    }

    /** Keeps a message, unless the outbox is full; for what is repeated until it is answered. */
    public void add(Message message) {
        if (messages.size() < CAPACITY) {
            messages.add(message);
        }
    }

    /** A transfer that is here already goes on from where it now is. */
    public void add(Transfer transfer) {
        if (transfer.enqueue()) {
            transfers.add(transfer);
        }
    }

    /** Sends while there is room; returns how many messages and transfers are done. */
    public int flush(Session session) {
        int work = 0;
        while (!messages.isEmpty() && send(messages.peek(), session)) {
            messages.remove();
            work++;
        }

        while (messages.isEmpty() && !transfers.isEmpty() && transfers.peek().advance(link, session)) {
            transfers.remove().dequeue();
            work++;
        }

        link.flush();
        return work;
    }

    private boolean send(Message message, Session session) {
        int length = FrameHeader.write(scratch, session, message);
        MutableDirectBuffer frame = link.claim(length);
        if (frame == null) {
            return false;
        }

        frame.putBytes(0, scratch, 0, length);
        link.commit();
        return true;
    }

    public boolean isEmpty() {
        return messages.isEmpty() && transfers.isEmpty();
    }

    /** Forgets everything that waits. */
    public void clear() {
        messages.clear();
        transfers.forEach(Transfer::dequeue);
        transfers.clear();
    }

    public Link link() {
        return link;
    }
}
