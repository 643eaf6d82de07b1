package dev.lockstep.params.secure;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Link;
import dev.lockstep.params.link.Seal;
import dev.lockstep.params.link.Security;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.concurrent.UnsafeBuffer;

/** Seals the frames of one link. Works on arrays: the JDK copies direct buffers piece by piece. */
final class LinkSeal implements Seal {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Security security;
    private final SecretKeySpec key;
    private final Cipher cipher = Envelope.cipher();
    private final byte[] head = new byte[Envelope.HEAD];
    private final UnsafeBuffer headBuffer = new UnsafeBuffer(head);
    private long counter;

    LinkSeal(Security security, JobKey jobKey, int job, Address inbox) {
        this.security = security;
        byte[] salt = new byte[Envelope.SALT];
        RANDOM.nextBytes(salt);
        this.key = Envelope.key(jobKey, job, salt, inbox, security);
        head[0] = Envelope.MAGIC;
        head[1] = Envelope.VERSION;
        head[2] = Envelope.mode(security);
        headBuffer.putInt(Envelope.JOB_OFFSET, job, LITTLE_ENDIAN);
        headBuffer.putBytes(Envelope.SALT_OFFSET, salt);
    }

    /**
     * Seals a frame.
     *
     * @param sealed takes {@link Envelope#OVERHEAD} bytes more than the frame has
     */
    void seal(byte[] frame, int length, byte[] sealed) {
        this.counter++;
        headBuffer.putLong(Envelope.COUNTER_OFFSET, counter, LITTLE_ENDIAN);
        System.arraycopy(head, 0, sealed, 0, Envelope.HEAD);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, Envelope.nonce(counter));
            cipher.updateAAD(head);
            if (security == Security.ENCRYPT) {
                cipher.doFinal(frame, 0, length, sealed, Envelope.HEAD);
            } else {
                System.arraycopy(frame, 0, sealed, Envelope.HEAD, length);
                cipher.updateAAD(frame, 0, length);
                cipher.doFinal(frame, 0, 0, sealed, Envelope.HEAD + length);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Frame cannot be sealed: length=" + length, e);
        }
    }

    @Override
    public byte[] credential() {
        byte[] sealed = new byte[Envelope.OVERHEAD];
        seal(sealed.clone(), 0, sealed);
        return sealed;
    }

    @Override
    public Link over(Link link) {
        return new SealedLink(link, this);
    }
}
