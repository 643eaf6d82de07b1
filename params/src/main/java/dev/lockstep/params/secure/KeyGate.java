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
        makeRoom(length);
        buffer.getBytes(offset, sealed, 0, length);
        if (!open(sealed, length, frame, from)) {
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
        return open(credential, credential.length, new byte[credential.length], from);
    }

    private synchronized boolean open(byte[] sealed, int length, byte[] frame, Object from) {
        UnsafeBuffer head = new UnsafeBuffer(sealed, 0, length);
        if (!isEnvelope(head, length)) {
            return refuse(Reason.FOREIGN, from);
        }

        int job = head.getInt(Envelope.JOB_OFFSET, LITTLE_ENDIAN);
        JobKey key = keyring.key(job);
        if (key == null) {
            return refuse(Reason.FOREIGN, from);
        }

        long counter = head.getLong(Envelope.COUNTER_OFFSET, LITTLE_ENDIAN);
        Sender known = find(head, job);
        if (known != null && counter <= known.last()) {
            return refuse(Reason.REPLAYED, from);
        }

        Sender sender = known == null ? stranger(key, job, sealed) : known;
        if (!sender.open(sealed, length, counter, frame)) {
            return refuse(Reason.FOREIGN, from);
        }
        if (known == null) {
            keep(sender);
        }

        return true;
    }

    /** How many links it remembers. */
    synchronized int senders() {
        return senders.size();
    }

    private boolean isEnvelope(DirectBuffer head, int length) {
        return length >= Envelope.OVERHEAD
                && head.getByte(0) == Envelope.MAGIC
                && head.getByte(1) == Envelope.VERSION
                && head.getByte(2) == Envelope.mode(security);
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

    private Sender find(DirectBuffer head, int job) {
        Sender sender = senders.get(head.getLong(Envelope.SALT_OFFSET));
        boolean same = sender != null
                && sender.job() == job
                && sender.secondHalf() == head.getLong(Envelope.SALT_OFFSET + Long.BYTES);
        return same ? sender : null;
    }

    private Sender stranger(JobKey key, int job, byte[] sealed) {
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
