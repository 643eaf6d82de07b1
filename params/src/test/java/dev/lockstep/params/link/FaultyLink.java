package dev.lockstep.params.link;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A link that loses, repeats, delays and reorders frames by a seed. */
public final class FaultyLink implements Link {
    /** Short, so that small ranges take several pieces. */
    private static final int LONGEST_FRAME = 700;

    private static final int MOST_HELD = 10_000;

    private record Held(byte[] frame, long dueNs, long number) {}

    private final Link link;
    private final Faults faults;
    private final Clock clock;
    private final Random random;
    private final PriorityQueue<Held> held =
            new PriorityQueue<>(Comparator.comparingLong(Held::dueNs).thenComparingLong(Held::number));
    private final FaultCounts counts;
    private final BooleanSupplier isCut;
    private byte[] claimed;
    private long lastDueNs;
    private long number;

    FaultyLink(Link link, Faults faults, Clock clock, long seed, FaultCounts counts, BooleanSupplier isCut) {
        this.link = link;
        this.faults = faults;
        this.clock = clock;
        this.random = new Random(seed);
        this.counts = counts;
        this.isCut = isCut;
    }

    @Override
    public int maxFrameLength() {
        return Math.min(LONGEST_FRAME, link.maxFrameLength());
    }

    @Override
    public boolean needsCheck() {
        return link.needsCheck();
    }

    @Override
    public MutableDirectBuffer claim(int length) {
        deliver();
        if (held.size() >= MOST_HELD) {
            return null;
        }

        this.claimed = new byte[length];
        return new UnsafeBuffer(claimed);
    }

    @Override
    public void commit() {
        counts.bytes += claimed.length;
        if (random.nextDouble() < faults.drop() || isCut.getAsBoolean()) {
            counts.dropped++;
            return;
        }

        hold(claimed);
        if (random.nextDouble() < faults.duplicate()) {
            counts.duplicated++;
            hold(claimed);
        }

        deliver();
    }

    private void hold(byte[] frame) {
        long now = clock.nanos();
        if (random.nextDouble() < faults.reorder()) {
            counts.reordered++;
            held.add(new Held(frame, now + lateness(), number++));
            return;
        }
        if (random.nextDouble() < faults.delay()) {
            counts.delayed++;
            this.lastDueNs = Math.max(lastDueNs, now + lateness());
        }

        held.add(new Held(frame, Math.max(lastDueNs, now), number++));
    }

    private long lateness() {
        return 1 + (long) (random.nextDouble() * faults.longestNs());
    }

    /** Hands on what is due, as far as there is room. */
    void deliver() {
        while (!held.isEmpty() && held.peek().dueNs() <= clock.nanos()) {
            byte[] frame = held.peek().frame();
            MutableDirectBuffer room = link.claim(frame.length);
            if (room == null) {
                return;
            }

            room.putBytes(0, frame);
            link.commit();
            held.remove();
        }
    }

    @Override
    public boolean isConnected() {
        return !isCut.getAsBoolean() && link.isConnected();
    }

    @Override
    public String describe() {
        return "faulty " + link.describe() + ", held=" + held.size();
    }

    @Override
    public void close() {
        link.close();
    }
}
