package dev.lockstep.params.secure;

import java.io.Serializable;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that the members of one job share: 256 random bits. Shows itself to nobody. */
public final class JobKey implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int LENGTH = 32;
    private static final String HMAC = "HmacSHA256";

    private final byte[] secret;

    private JobKey(byte[] secret) {
        this.secret = secret;
    }

    public static JobKey random() {
        byte[] secret = new byte[LENGTH];
        new SecureRandom().nextBytes(secret);
        return new JobKey(secret);
    }

    /**
     * A key of AES-256 for one use, by HKDF with SHA-256 (RFC 5869): extracted with the salt, expanded once.
     *
     * @param use tells apart all that has the same salt
     */
    SecretKeySpec derive(byte[] salt, byte[] use) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(salt, HMAC));
            mac.init(new SecretKeySpec(mac.doFinal(secret), HMAC));
            mac.update(use);
            mac.update((byte) 1);
            return new SecretKeySpec(mac.doFinal(), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM lacks a cipher that every JVM has: cipher=" + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "a job's key";
    }
}
