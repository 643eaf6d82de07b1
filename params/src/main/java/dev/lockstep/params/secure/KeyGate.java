package dev.lockstep.params.secure;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.FrameHandler;
import dev.lockstep.params.link.Gate;
import dev.lockstep.params.link.Security;
import dev.lockstep.params.secure.Refusals.Reason;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Opens the frames that were sealed for one inbox. A sender becomes known by its first good frame, so that whoever has
 * no key takes no memory.
 */
final class KeyGate implements Gate {
    private static final int FEW = 64;

    private final Security security;
    private final Keyring keyring;
    private final Address inbox;
    private final Refusals refusals;
    private final Long2ObjectHashMap<Sender> senders = new Long2ObjectHashMap<>();
    private final UnsafeBuffer opened = new UnsafeBuffer(0, 0);
    private byte[] sealed = new byte[0];
    private byte[] frame = new byte[0];
    private int pruneAt = FEW;

    KeyGate(Security security, Keyring keyring, Address inbox, Refusals refusals) {
        this.security = security;
        this.keyring = keyring;
        this.inbox = inbox;
        this.refusals = refusals;
    }

    @Override
    public boolean pass(DirectBuffer buffer, int offset, int length, FrameHandler to, Object from) {
        if (!open(buffer, offset, length, from)) {
            return false;
        }

        int bytes = length - Envelope.OVERHEAD;
        opened.wrap(frame, 0, bytes);
        if (bytes < Envelope.FRAME_JOB_OFFSET + Integer.BYTES
                || opened.getInt(Envelope.FRAME_JOB_OFFSET, LITTLE_ENDIAN)
                        != buffer.getInt(offset + Envelope.JOB_OFFSET, LITTLE_ENDIAN)) {
            return refuse(Reason.FOREIGN, from);
        }

        to.onFrame(opened, 0, bytes);
        return true;
    }

    @Override
    public boolean admits(byte[] credential, Object from) {
        return open(new UnsafeBuffer(credential), 0, credential.length, from);
    }

    private boolean open(DirectBuffer buffer, int offset, int length, Object from) {
        if (!isEnvelope(buffer, offset, length)) {
            return refuse(Reason.FOREIGN, from);
        }

        int job = buffer.getInt(offset + Envelope.JOB_OFFSET, LITTLE_ENDIAN);
        JobKey key = keyring.key(job);
        if (key == null) {
            return refuse(Reason.FOREIGN, from);
        }

        makeRoom(length);
        buffer.getBytes(offset, sealed, 0, length);
        long counter = buffer.getLong(offset + Envelope.COUNTER_OFFSET, LITTLE_ENDIAN);
        Sender known = find(buffer, offset, job);
        if (known != null && counter <= known.last()) {
            return refuse(Reason.REPLAYED, from);
        }

        Sender sender = known == null ? stranger(key, job) : known;
        if (!sender.open(sealed, length, counter, frame)) {
            return refuse(Reason.FOREIGN, from);
        }
        if (known == null) {
            keep(sender);
        }

        return true;
    }

    /** How many links it remembers. */
    int senders() {
        return senders.size();
    }

    private boolean isEnvelope(DirectBuffer buffer, int offset, int length) {
        return length >= Envelope.OVERHEAD
                && buffer.getByte(offset) == Envelope.MAGIC
                && buffer.getByte(offset + 1) == Envelope.VERSION
                && buffer.getByte(offset + 2) == Envelope.mode(security);
    }

    private boolean refuse(Reason reason, Object from) {
        refusals.add(reason, from);
        return false;
    }

    private void makeRoom(int length) {
        if (sealed.length < length) {
            this.sealed = new byte[length];
            this.frame = new byte[length];
        }
    }

    private Sender find(DirectBuffer buffer, int offset, int job) {
        Sender sender = senders.get(buffer.getLong(offset + Envelope.SALT_OFFSET));
        boolean same = sender != null
                && sender.job() == job
                && sender.secondHalf() == buffer.getLong(offset + Envelope.SALT_OFFSET + Long.BYTES);
        return same ? sender : null;
    }

    private Sender stranger(JobKey key, int job) {
        byte[] salt = Arrays.copyOfRange(sealed, Envelope.SALT_OFFSET, Envelope.SALT_OFFSET + Envelope.SALT);
        return new Sender(security, Envelope.key(key, job, salt, inbox, security), job, salt);
    }

    private void keep(Sender sender) {
        senders.put(sender.firstHalf(), sender);
        if (senders.size() >= pruneAt) {
            senders.values().removeIf(each -> keyring.key(each.job()) == null);
            this.pruneAt = Math.max(FEW, 2 * senders.size());
        }
    }
}
