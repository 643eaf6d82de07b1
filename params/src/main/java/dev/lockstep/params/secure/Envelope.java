package dev.lockstep.params.secure;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Seal;
import dev.lockstep.params.link.Security;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What lies around a sealed frame.
 *
 * <pre>
 *    0  byte     magic, always 0x53
 *    1  byte     version, always 1
 *    2  byte     1 authenticated, 2 encrypted
 *    3  byte     0
 *    4  int      job
 *    8  16 bytes salt of the link, random
 *   24  long     counter, rises with every frame of the link
 *   32           the frame
 *   -16          tag of AES-GCM
 * </pre>
 *
 * Little-endian. The key is derived from the job's key, the salt, and the inbox that the link leads to; the nonce is
 * the counter. All before the frame is authenticated with it.
 */
final class Envelope {
    static final int HEAD = 32;
    static final int TAG = 16;
    static final int OVERHEAD = HEAD + TAG;
    static final int SALT_OFFSET = 8;
    static final int SALT = 16;
    static final byte MAGIC = 0x53;
    static final byte VERSION = 1;
    static final int JOB_OFFSET = 4;
    static final int COUNTER_OFFSET = 24;

    /** Where a plain frame names its job; see {@link dev.lockstep.params.wire.Frame}. */
    static final int FRAME_JOB_OFFSET = 8;

    private static final int NONCE = 12;

    static {
        if (Seal.CREDENTIAL != OVERHEAD) {
            throw new AssertionError("A credential is an empty frame, sealed");
        }
    }

    private Envelope() {}

    static SecretKeySpec key(JobKey job, int number, byte[] salt, Address inbox, Security security) {
        byte[] label = "lockstep frames 1".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer use = ByteBuffer.allocate(label.length + 1 + Integer.BYTES + 2 * Long.BYTES + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(label)
                .put(mode(security))
                .putInt(number)
                .putLong(inbox.process().getMostSignificantBits())
                .putLong(inbox.process().getLeastSignificantBits())
                .putInt(inbox.stream());
        return job.derive(salt, use.array());
    }

    static byte mode(Security security) {
        return (byte) security.ordinal();
    }

    static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks a cipher that every JVM has: cipher=AES/GCM", e);
        }
    }

    static GCMParameterSpec nonce(long counter) {
        byte[] nonce = new byte[NONCE];
        ByteBuffer.wrap(nonce).putLong(NONCE - Long.BYTES, counter);
        return new GCMParameterSpec(TAG * Byte.SIZE, nonce);
    }
}
