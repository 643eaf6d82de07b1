package dev.lockstep.params.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.ProtocolException;
import dev.lockstep.params.PushedBytes;
import dev.lockstep.params.Segment;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.plane.HostPlace;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reading undoes writing; anything else than a whole frame of ours is refused, always in the same way. */
class FramesPropertyTest {
    private static final Session SESSION = new Session(-5, 3);

    private static final Map<Class<? extends Message>, Function<Frame, Message>> READERS = Map.ofEntries(
            Map.entry(Join.class, Join::read),
            Map.entry(Host.class, Host::read),
            Map.entry(Hosted.class, Hosted::read),
            Map.entry(Member.class, Member::read),
            Map.entry(Start.class, Start::read),
            Map.entry(Ready.class, Ready::read),
            Map.entry(Go.class, Go::read),
            Map.entry(Report.class, Report::read),
            Map.entry(Seen.class, Seen::read),
            Map.entry(Alive.class, Alive::read),
            Map.entry(Stop.class, Stop::read),
            Map.entry(Abort.class, Abort::read),
            Map.entry(Leave.class, Leave::read),
            Map.entry(End.class, End::read));

    @Property
    void readingUndoesWriting(@ForAll("messages") Message message) {
        byte[] bytes = bytes(message);
        Frame frame = frame(bytes);
        assertEquals(message.type(), frame.type());
        assertTrue(SESSION.matches(frame));
        assertEquals(message.step(), frame.step());
        assertEquals(message, READERS.get(message.getClass()).apply(frame));
    }

    @Property
    void everyKindOfMessageIsTried(@ForAll("messages") Message message) {
        assertEquals(Message.class.getPermittedSubclasses().length, READERS.size());
        assertTrue(READERS.containsKey(message.getClass()));
    }

    @Property
    void aDamagedMessageIsRefused(@ForAll("messages") Message message, @ForAll Damage damage, @ForAll long seed) {
        byte[] damaged = damage.apply(bytes(message), new Random(seed));
        assertThrows(ProtocolException.class, () -> {
            Frame frame = frame(damaged);
            READERS.get(message.getClass()).apply(frame);
        });
    }

    @Property
    void aPieceArrivesAsItWasSent(
            @ForAll @IntRange(max = 3_000) int count,
            @ForAll @IntRange(min = 64, max = 70_000) int longestFrame,
            @ForAll boolean needsCheck,
            @ForAll @LongRange(min = 1) long step,
            @ForAll double weight) {
        float[] values = values(count);
        float[] arrived = new float[count];
        RecordingLink link = new RecordingLink(longestFrame, needsCheck);
        Transfer push = new Transfer(FrameType.PUSH, 65_535, 40_000, WordBuffer.of(values));
        push.begin(step, weight, 0).marked(Frame.STOP);
        assertTrue(push.advance(link, SESSION));
        int next = 0;
        for (byte[] bytes : link.frames()) {
            Frame piece = frame(bytes);
            assertEquals(FrameType.PUSH, piece.type());
            assertEquals(step, piece.step());
            assertEquals(Double.doubleToRawLongBits(weight), Double.doubleToRawLongBits(piece.weight()));
            assertEquals(65_535, piece.member());
            assertEquals(40_000, piece.range());
            assertTrue(piece.stop() && !piece.empty() && bytes.length <= longestFrame);
            assertEquals(next, piece.start());
            piece.copyWords(0, piece.count(), WordBuffer.of(arrived), next);
            next += piece.count();
        }

        assertEquals(count, next);
        assertArrayEquals(values, arrived);
    }

    @Property
    void aDamagedPieceIsRefused(@ForAll @IntRange(max = 300) int count, @ForAll Damage damage, @ForAll long seed) {
        RecordingLink link = new RecordingLink(70_000, /* needsCheck */ true);
        Transfer piece = new Transfer(FrameType.BROADCAST, 1, 2, WordBuffer.of(values(count)));
        assertTrue(piece.begin(7, 0L, 0).pending() && piece.advance(link, SESSION));
        byte[] damaged = damage.apply(link.frames().get(0), new Random(seed));
        assertThrows(ProtocolException.class, () -> frame(damaged));
    }

    @Property
    void whereWordsNeedNoCheckTheHeadHasOne(@ForAll @IntRange(max = Frame.WORDS * 8 - 1) int bit) {
        RecordingLink link = new RecordingLink(70_000, /* needsCheck */ false);
        Transfer piece = new Transfer(FrameType.STATE, 1, 2, WordBuffer.of(values(100)));
        assertTrue(piece.begin(7, 0L, 0).pending() && piece.advance(link, SESSION));
        byte[] frame = link.frames().get(0);
        frame[bit / 8] ^= (byte) (1 << bit % 8);
        assertThrows(ProtocolException.class, () -> frame(frame));
    }

    @Property
    void randomBytesAreRefused(@ForAll byte[] bytes) {
        assertThrows(ProtocolException.class, () -> frame(bytes));
    }

    private static float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) Math.sin(i);
        }

        return values;
    }

    private static byte[] bytes(Message message) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        byte[] bytes = new byte[FrameHeader.write(buffer, SESSION, message)];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    private static Frame frame(byte[] bytes) {
        return new Frame().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    @Provide
    Arbitrary<Message> messages() {
        Arbitrary<Integer> index = Arbitraries.integers().between(0, 65_535);
        Arbitrary<Integer> number = Arbitraries.integers();
        Arbitrary<Long> step = Arbitraries.longs().greaterOrEqual(0);
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(400);
        Arbitrary<Address> address = Combinators.combine(step, index, text, number)
                .as((id, port, host, stream) -> new Address(new UUID(id, ~id), host, port, "/dev/shm/" + host, stream));
        Arbitrary<UUID> uuid = Combinators.combine(step, step).as(UUID::new);
        Arbitrary<HostPlace> place = Combinators.combine(uuid, uuid).as(HostPlace::new);
        Arbitrary<Role> role = Arbitraries.of(Role.class);
        return Arbitraries.oneOf(
                Combinators.combine(index, number, place, address).as(Join::new),
                Combinators.combine(step, index).as(Host::new),
                Combinators.combine(step, index, number, uuid, address).as(Hosted::new),
                Combinators.combine(role, index, place, address).as(Member::new),
                Combinators.combine(index, index, step.filter(from -> from > 0), index)
                        .as((workers, shards, from, steps) -> new Start(
                                workers, shards, new Segment(1, from, Math.max(from, from + steps), 1 + steps, steps))),
                Combinators.combine(role, index).as(Ready::new),
                Arbitraries.just(new Go()),
                Combinators.combine(index, step, Arbitraries.doubles(), index)
                        .as((worker, at, sum, examples) -> new Report(
                                worker,
                                examples % 7 + 5,
                                examples % 7,
                                new WorkerReport(
                                        at,
                                        sum,
                                        -sum,
                                        examples,
                                        sum / 3,
                                        sum / 4,
                                        examples - 1,
                                        examples % 2 == 0,
                                        List.of(1f, sum.floatValue(), 0f, -1f, 3f),
                                        new WorkerTimes(at, 1, 2, 3, 4, 5, -at, 6),
                                        new PushedBytes(examples, at)))),
                step.map(Seen::new),
                Combinators.combine(role, index).as(Alive::new),
                Arbitraries.just(new Stop()),
                Combinators.combine(Arbitraries.of(AbortException.Kind.class), Arbitraries.strings())
                        .as(Abort::new),
                Combinators.combine(index, number).as(Leave::new),
                Arbitraries.just(new End()));
    }
}
