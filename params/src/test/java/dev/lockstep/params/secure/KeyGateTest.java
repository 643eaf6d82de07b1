package dev.lockstep.params.secure;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Gate;
import dev.lockstep.params.link.Security;
import dev.lockstep.params.secure.Refusals.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What gets through a gate, and what does not. */
class KeyGateTest {
    private static final int JOB = 77;
    private static final Address INBOX = inbox(3);

    private final JobKey key = JobKey.random();
    private final List<byte[]> arrived = new ArrayList<>();
    private Keyring keyring;
    private Gate gate;

    private static Address inbox(int stream) {
        return new Address(new UUID(1, 2), "here", 1, "", stream);
    }

    private void open(Security security) {
        this.keyring = new Keyring(security);
        keyring.admit(JOB, key);
        this.gate = keyring.before(INBOX);
    }

    private LinkSeal seal(Address to) {
        return (LinkSeal) keyring.seal(to, JOB);
    }

    private static byte[] frame(int length) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) i;
        }
        new UnsafeBuffer(frame).putInt(Envelope.FRAME_JOB_OFFSET, JOB, LITTLE_ENDIAN);
        return frame;
    }

    private static byte[] sealed(LinkSeal seal, byte[] frame) {
        byte[] sealed = new byte[frame.length + Envelope.OVERHEAD];
        seal.seal(frame, frame.length, sealed);
        return sealed;
    }

    private boolean pass(byte[] bytes) {
        return gate.pass(
                new UnsafeBuffer(bytes),
                0,
                bytes.length,
                (buffer, offset, length) -> {
                    byte[] copy = new byte[length];
                    buffer.getBytes(offset, copy);
                    arrived.add(copy);
                },
                "a test");
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTHENTICATE", "ENCRYPT"})
    void whatWasSealedComesOutAsItWas(Security security) {
        open(security);
        LinkSeal seal = seal(INBOX);
        for (int length : new int[] {24, 1_000, 65_000, 41}) {
            assertTrue(pass(sealed(seal, frame(length))));
            assertArrayEquals(frame(length), arrived.get(arrived.size() - 1));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTHENTICATE", "ENCRYPT"})
    void anyChangedBitAndAnyMissingByteIsSeen(Security security) {
        open(security);
        byte[] sealed = sealed(seal(INBOX), frame(60));
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            // The fourth byte of the head, too, though nobody reads it.
            byte[] changed = sealed.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertFalse(pass(changed), "bit " + bit);
        }
        for (int length = 0; length < sealed.length; length++) {
            assertFalse(pass(java.util.Arrays.copyOf(sealed, length)), "length " + length);
        }

        assertTrue(arrived.isEmpty());
        assertTrue(pass(sealed), "what came before it has taken nothing from the true one");
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTHENTICATE", "ENCRYPT"})
    void whatHasBeenHereDoesNotComeAgain(Security security) {
        open(security);
        LinkSeal seal = seal(INBOX);
        byte[] first = sealed(seal, frame(50));
        byte[] second = sealed(seal, frame(50));
        assertTrue(pass(first));
        assertFalse(pass(first));
        assertTrue(pass(second));
        assertFalse(pass(first));
        assertFalse(pass(second));
        assertEquals(3, keyring.refusals().count(Reason.REPLAYED));
        assertEquals(2, arrived.size());
    }

    @Test
    void aFrameForAnotherInboxOrOfAnotherKindIsForeign() {
        open(Security.ENCRYPT);
        assertFalse(pass(sealed(seal(inbox(4)), frame(50))));
        Keyring other = new Keyring(Security.ENCRYPT);
        other.admit(JOB, JobKey.random());
        assertFalse(pass(sealed((LinkSeal) other.seal(INBOX, JOB), frame(50))));
        Keyring weaker = new Keyring(Security.AUTHENTICATE);
        weaker.admit(JOB, key);
        assertFalse(pass(sealed((LinkSeal) weaker.seal(INBOX, JOB), frame(50))));
        assertFalse(pass(frame(50)), "a plain one");
        assertEquals(4, keyring.refusals().count(Reason.FOREIGN));
        assertTrue(arrived.isEmpty());
    }

    @Test
    void aFrameOfAnotherJobInsideIsForeign() {
        open(Security.ENCRYPT);
        byte[] frame = frame(50);
        new UnsafeBuffer(frame).putInt(Envelope.FRAME_JOB_OFFSET, JOB + 1, LITTLE_ENDIAN);
        assertFalse(pass(sealed(seal(INBOX), frame)));
        assertTrue(arrived.isEmpty());
    }

    @Test
    void aCredentialIsGoodForOneConnection() {
        open(Security.ENCRYPT);
        LinkSeal seal = seal(INBOX);
        byte[] credential = seal.credential();
        assertTrue(gate.admits(credential, "a test"));
        assertFalse(gate.admits(credential, "a test"));
        assertTrue(gate.admits(seal.credential(), "a test"));
        assertFalse(gate.admits(new byte[credential.length], "a test"));
        assertFalse(pass(seal.credential()), "nor is it a frame");
    }

    @Test
    void aJobThatIsOverIsAStrangers() {
        open(Security.ENCRYPT);
        LinkSeal seal = seal(INBOX);
        assertTrue(pass(sealed(seal, frame(50))));
        keyring.forget(JOB);
        assertFalse(pass(sealed(seal, frame(50))));
        String message = assertThrows(ParamException.class, () -> keyring.seal(INBOX, JOB))
                .getMessage();
        assertEquals("Process has no key of the job: job=77, inbox=here:1/3", message);
    }

    @Test
    void encryptedFramesShowNothingOfWhatTheyCarry() {
        open(Security.ENCRYPT);
        String sealed = new String(sealed(seal(INBOX), frame(200)), java.nio.charset.StandardCharsets.ISO_8859_1);
        String plain = new String(frame(200), java.nio.charset.StandardCharsets.ISO_8859_1);
        for (int i = 0; i + 8 <= plain.length(); i++) {
            assertFalse(sealed.contains(plain.substring(i, i + 8)), "eight bytes from " + i);
        }
    }

    @Test
    void aKeyShowsItselfToNobody() {
        open(Security.ENCRYPT);
        assertEquals("a job's key", key.toString());
        assertEquals("ENCRYPT, keys of 1 jobs", keyring.toString());
    }
}
