package dev.lockstep.params.secure;

import dev.lockstep.params.link.Security;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.concurrent.UnsafeBuffer;

/** What a receiver keeps of one link: its key, and the last of its frames. One thread at a time. */
final class Sender {
    private final Security security;
    private final SecretKeySpec key;
    private final int job;
    private final UnsafeBuffer salt;
    private final Cipher cipher = Envelope.cipher();
    private long last;

    Sender(Security security, SecretKeySpec key, int job, byte[] salt) {
        this.security = security;
        this.key = key;
        this.job = job;
        this.salt = new UnsafeBuffer(salt);
    }

    int job() {
        return job;
    }

    long firstHalf() {
        return salt.getLong(0);
    }

    long secondHalf() {
        return salt.getLong(Long.BYTES);
    }

    /** The counter of the last frame that was good; only higher ones are new. */
    long last() {
        return last;
    }

    /** Opens a frame; false if it was not sealed with the key, or has been changed. */
    boolean open(byte[] sealed, int length, long counter, byte[] frame) {
        int bytes = length - Envelope.OVERHEAD;
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, Envelope.nonce(counter));
            cipher.updateAAD(sealed, 0, Envelope.HEAD);
            if (security == Security.ENCRYPT) {
                cipher.doFinal(sealed, Envelope.HEAD, bytes + Envelope.TAG, frame, 0);
            } else {
                cipher.updateAAD(sealed, Envelope.HEAD, bytes);
                cipher.doFinal(sealed, Envelope.HEAD + bytes, Envelope.TAG);
                System.arraycopy(sealed, Envelope.HEAD, frame, 0, bytes);
            }
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Frame cannot be opened: length=" + length, e);
        }

        this.last = counter;
        return true;
    }
}
