package dev.lockstep.params.link.aeron;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Link;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import java.util.function.Supplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A way to an inbox of another process through Aeron. The only class that claims room in a publication: of the five
 * ways in which that fails, three pass (the caller tries again, under its own deadline) and two do not (an exception).
 */
final class AeronLink implements Link {
    private final ExclusivePublication publication;
    private final Address address;
    private final boolean isUdp;
    private final Supplier<String> trouble;
    private final BufferClaim claim = new BufferClaim();
    private final UnsafeBuffer claimed = new UnsafeBuffer(0, 0);
    private long lastResult;

    /** @param trouble of Aeron's own threads, for messages */
    AeronLink(ExclusivePublication publication, Address address, boolean isUdp, Supplier<String> trouble) {
        this.publication = publication;
        this.address = address;
        this.isUdp = isUdp;
        this.trouble = trouble;
    }

    @Override
    public int maxFrameLength() {
        return publication.maxPayloadLength();
    }

    @Override
    public boolean needsCheck() {
        return isUdp;
    }

    @Override
    public MutableDirectBuffer claim(int length) {
        this.lastResult = publication.tryClaim(length, claim);
        if (lastResult > 0) {
            claimed.wrap(claim.buffer(), claim.offset(), claim.length());
            return claimed;
        }
        if (lastResult == Publication.CLOSED || lastResult == Publication.MAX_POSITION_EXCEEDED) {
            throw new ParamException(Outcome.NOT_DONE, "Link has ended: link=" + describe() + ", length=" + length);
        }

        return null;
    }

    @Override
    public void commit() {
        claim.commit();
    }

    @Override
    public boolean isConnected() {
        return publication.isConnected();
    }

    @Override
    public String describe() {
        String way = isUdp ? "udp" : "ipc";
        String state = lastResult < 0 ? Publication.errorString(lastResult) : "sending";
        return way + " to " + address + ", " + state + trouble.get();
    }

    @Override
    public void close() {
        publication.close();
    }
}
