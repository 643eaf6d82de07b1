package dev.lockstep.params.secure;

import dev.lockstep.params.link.Link;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A link that seals every frame before it goes out. */
final class SealedLink implements Link {
    private final Link link;
    private final LinkSeal seal;
    private final UnsafeBuffer claimed = new UnsafeBuffer(0, 0);
    private byte[] frame = new byte[0];
    private byte[] sealed = new byte[0];
    private MutableDirectBuffer room;
    private int length;

    SealedLink(Link link, LinkSeal seal) {
        this.link = link;
        this.seal = seal;
    }

    @Override
    public int maxFrameLength() {
        return link.maxFrameLength() - Envelope.OVERHEAD;
    }

    @Override
    public boolean needsCheck() {
        return false;
    }

    @Override
    public MutableDirectBuffer claim(int bytes) {
        this.room = link.claim(bytes + Envelope.OVERHEAD);
        if (room == null) {
            return null;
        }
        if (frame.length < bytes) {
            this.frame = new byte[bytes];
            this.sealed = new byte[bytes + Envelope.OVERHEAD];
        }

        this.length = bytes;
        claimed.wrap(frame, 0, bytes);
        return claimed;
    }

    @Override
    public void commit() {
        seal.seal(frame, length, sealed);
        room.putBytes(0, sealed, 0, length + Envelope.OVERHEAD);
        link.commit();
    }

    @Override
    public void flush() {
        link.flush();
    }

    @Override
    public boolean isConnected() {
        return link.isConnected();
    }

    @Override
    public String describe() {
        return "sealed " + link.describe();
    }

    @Override
    public void close() {
        link.close();
    }
}
