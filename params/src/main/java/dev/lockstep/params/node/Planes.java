package dev.lockstep.params.node;

import dev.lockstep.params.Layout;
import dev.lockstep.params.plane.HostPlace;
import dev.lockstep.params.plane.HostPlane;
import dev.lockstep.params.plane.HostSeat;
import dev.lockstep.params.plane.Region;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * The memory of the jobs that one process takes part in. A job's stays from segment to segment, and goes once its
 * shards are closed and nobody computes with it any more. Thread-safe.
 */
final class Planes implements AutoCloseable {
    /** The memory of one job. */
    private static final class Entry {
        final HostPlane plane;
        final ArrayDeque<HostSeat> free = new ArrayDeque<>();
        int taken;
        boolean over;

        Entry(HostPlane plane) {
            this.plane = plane;
        }
    }

    private final BiFunction<Integer, Layout, HostPlane> open;
    private final Map<Integer, Entry> byJob = new HashMap<>();

    /** @param open the memory of a job on this host */
    Planes(BiFunction<Integer, Layout, HostPlane> open) {
        this.open = open;
    }

    /** Memory for one worker of this process. */
    synchronized HostSeat take(int job, Layout layout) {
        Entry entry = entry(job, layout);
        HostSeat free = entry.free.poll();
        HostSeat seat = free == null ? seat(entry) : free;
        entry.taken++;
        return seat;
    }

    private HostSeat seat(Entry entry) {
        UUID name = UUID.randomUUID();
        Region gradient = entry.plane.create(name);
        HostSeat[] seat = new HostSeat[1];
        seat[0] = new HostSeat(
                entry.plane, new HostPlace(entry.plane.host(), name), gradient, () -> giveBack(entry, seat[0]));
        return seat[0];
    }

    private synchronized void giveBack(Entry entry, HostSeat seat) {
        entry.free.push(seat);
        entry.taken--;
        closeIfOver(entry);
    }

    /** The memory that a job's shards here read and write; {@link #end} must follow. */
    synchronized HostPlane of(int job, Layout layout) {
        return entry(job, layout).plane;
    }

    private Entry entry(int job, Layout layout) {
        return byJob.computeIfAbsent(job, key -> new Entry(open.apply(job, layout)));
    }

    /** A job is over, and its shards here are closed. */
    synchronized void end(int job) {
        Entry entry = byJob.remove(job);
        if (entry != null) {
            entry.over = true;
            closeIfOver(entry);
        }
    }

    private static void closeIfOver(Entry entry) {
        if (entry.over && entry.taken == 0) {
            entry.plane.close();
        }
    }

    @Override
    public synchronized void close() {
        List<Integer> jobs = new ArrayList<>(byJob.keySet());
        jobs.forEach(this::end);
    }
}
