package dev.lockstep.params.secure;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Guard;
import dev.lockstep.params.link.Inbox;
import dev.lockstep.params.link.Link;
import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.link.Protocol;
import dev.lockstep.params.link.Security;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.link.Transport;
import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.link.aeron.AeronTransport;
import dev.lockstep.params.link.stream.StrangersHello;
import dev.lockstep.params.secure.Refusals.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was recorded on the network, and what others seal, at the real sockets of a process that has a key. */
class RecordedStreamTest {
    private static final int JOB = 77;
    private static final int HONEST = 20;

    private final JobKey key = JobKey.random();
    private final Keyring keyring = keyring(JOB, key);
    private final Recorder recorder = new Recorder(keyring);
    private final List<Integer> arrived = new ArrayList<>();
    private final List<Transport> opened = new ArrayList<>();

    @TempDir
    Path folder;

    private Inbox inbox;
    private Link honest;

    private static Keyring keyring(int job, JobKey key) {
        Keyring keyring = new Keyring(Security.ENCRYPT);
        keyring.admit(job, key);
        return keyring;
    }

    @BeforeEach
    void nothingIsOpen() {
        assertTrue(opened.isEmpty());
    }

    @AfterEach
    void close() {
        honest.close();
        inbox.close();
        opened.forEach(Transport::close);
    }

    private Transport transport(Protocol protocol, Guard guard) {
        NetworkSettings network = NetworkSettings.of("127.0.0.1").withProtocol(protocol);
        TransportSettings settings = new TransportSettings(network, 1, folder.toString(), /* shortcuts */ false);
        Transport transport = AeronTransport.launch(settings, guard);
        opened.add(transport);
        return transport;
    }

    /** Somebody with the key sends some frames, which are recorded. */
    private void listen(Protocol protocol) {
        this.inbox = transport(protocol, recorder).open();
        this.honest = transport(protocol, keyring(JOB, key)).connect(inbox.address(), Traffic.MESSAGES, JOB);
        for (int i = 0; i < HONEST; i++) {
            int number = i;
            until(() -> isSent(honest, number));
        }
        until(() -> arrived.size() == HONEST);
    }

    private void assertNothingElseCame() {
        int next = arrived.size();
        until(() -> isSent(honest, 1_000));
        until(() -> arrived.size() > next);
        assertEquals(HONEST + 1, arrived.size());
        assertEquals(1_000, arrived.get(HONEST));
    }

    private long refused(Reason reason) {
        return keyring.refusals().count(reason);
    }

    @Test
    void aStreamThatIsPlayedAgainEndsWithItsFirstFrame() throws IOException {
        listen(Protocol.TCP);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.write(StrangersHello.to(inbox.address(), recorder.credentials.get(0)));
        for (byte[] frame : recorder.frames) {
            stream.write(lengthOf(frame));
            stream.write(frame);
        }

        for (int i = 1; i <= 50; i++) {
            try (Socket stranger = connected(inbox.address())) {
                stranger.getOutputStream().write(stream.toByteArray());
                int times = i;
                until(() -> refused(Reason.REPLAYED) == times);
            }
        }
        assertNothingElseCame();
    }

    /** It takes no place there, and wakes nobody: a flood of them would slow a job down. */
    @Test
    void aHelloThatIsPlayedAgainIsSentAwayBeforeTheInboxHearsOfIt() throws IOException {
        listen(Protocol.TCP);
        try (Socket stranger = connected(inbox.address())) {
            stranger.setSoTimeout(60_000);
            stranger.getOutputStream().write(StrangersHello.to(inbox.address(), recorder.credentials.get(0)));
            assertEquals(-1, stranger.getInputStream().read(), "it is welcome, though nobody polls");
            assertEquals(1, refused(Reason.REPLAYED));
        }
        assertNothingElseCame();
    }

    /** A credential that nobody has used yet opens the way for recorded frames no further than to the first. */
    @Test
    void framesBehindAFreshCredentialAreReplaysAllTheSame() throws IOException {
        listen(Protocol.TCP);
        LinkSeal seal = (LinkSeal) keyring.seal(inbox.address(), JOB);
        try (Socket stranger = connected(inbox.address())) {
            stranger.getOutputStream().write(StrangersHello.to(inbox.address(), seal.credential()));
            for (byte[] frame : recorder.frames) {
                stranger.getOutputStream().write(lengthOf(frame));
                stranger.getOutputStream().write(frame);
            }

            until(() -> refused(Reason.REPLAYED) == 1);
        }
        assertNothingElseCame();
    }

    /** Back to the one who sent them: same job, same key, another inbox. */
    @Test
    void ownFramesThatComeBackAreForeign() throws IOException {
        listen(Protocol.TCP);
        Keyring own = keyring(JOB, key);
        try (Transport sender = transport(Protocol.TCP, own);
                Inbox back = sender.open();
                Socket stranger = connected(back.address())) {
            stranger.getOutputStream().write(StrangersHello.to(back.address(), recorder.credentials.get(0)));
            until(() -> {
                assertEquals(0, back.poll((buffer, offset, length) -> {}, 10));
                return own.refusals().count(Reason.FOREIGN) == 1;
            });
            opened.remove(sender);
        }
        assertNothingElseCame();
    }

    /** Over UDP a stranger's frames come without a connection's beginning: each is looked at, and dropped. */
    @Test
    void recordedDatagramsAreReplays() {
        listen(Protocol.UDP);
        List<byte[]> recorded = List.copyOf(recorder.frames);
        try (Link stranger = transport(Protocol.UDP, Guard.NONE).connect(inbox.address(), Traffic.MESSAGES, JOB)) {
            recorded.forEach(frame -> until(() -> isSent(stranger, frame)));
            until(() -> refused(Reason.REPLAYED) == recorded.size());
        }
        assertNothingElseCame();
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UDP"})
    void whoHasAnotherKeyOrAnotherJobGetsNothingIn(Protocol protocol) {
        listen(protocol);
        Keyring otherKey = keyring(JOB, JobKey.random());
        Keyring otherJob = keyring(JOB + 1, key);
        try (Link first = transport(protocol, otherKey).connect(inbox.address(), Traffic.MESSAGES, JOB);
                Link second = transport(protocol, otherJob).connect(inbox.address(), Traffic.MESSAGES, JOB + 1);
                Link plain = transport(protocol, Guard.NONE).connect(inbox.address(), Traffic.MESSAGES, JOB)) {
            long[] before = {0};
            for (Link stranger : List.of(first, second, plain)) {
                until(() -> {
                    boolean unused = isSent(stranger, 7);
                    stranger.flush();
                    return refused(Reason.FOREIGN) > before[0];
                });
                before[0] = refused(Reason.FOREIGN);
            }
        }
        assertNothingElseCame();
    }

    private static Socket connected(Address to) throws IOException {
        return new Socket(to.host(), to.port());
    }

    private static byte[] lengthOf(byte[] frame) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(LITTLE_ENDIAN)
                .putInt(frame.length)
                .array();
    }

    /** A frame of the job, as far as a gate looks into it. */
    private static boolean isSent(Link link, int number) {
        byte[] frame = new byte[40];
        ByteBuffer.wrap(frame)
                .order(LITTLE_ENDIAN)
                .putInt(Envelope.FRAME_JOB_OFFSET, JOB)
                .putInt(24, number);
        return isSent(link, frame);
    }

    private static boolean isSent(Link link, byte[] bytes) {
        MutableDirectBuffer frame = link.claim(bytes.length);
        if (frame != null) {
            frame.putBytes(0, bytes);
            link.commit();
            link.flush();
        }

        return frame != null;
    }

    private void until(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "waited 60 s");
            inbox.poll((buffer, offset, length) -> arrived.add(buffer.getInt(offset + 24, LITTLE_ENDIAN)), 100);
            honest.flush();
            Thread.yield();
        }
    }
}
