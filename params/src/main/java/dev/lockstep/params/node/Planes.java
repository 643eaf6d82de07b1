package dev.lockstep.params.node;

import dev.lockstep.params.Layout;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.SharedFolder;
import dev.lockstep.params.plane.HostPlane;
import dev.lockstep.params.plane.HostSeat;
import dev.lockstep.params.plane.MappedPlane;
import dev.lockstep.params.plane.PlainPlane;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The memory of the jobs that one process takes part in: that of its host, or its own where the host's cannot be had. A
 * job's stays from segment to segment, and goes once its shards are closed and nobody computes with it any more.
 * Thread-safe.
 */
final class Planes implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Planes.class.getName());

    /** The memory of one job. */
    private static final class JobMemory {
        final PlaneSeats host;
        /** Of workers for whose gradients the host's memory has no room; null as long as there are none. */
        PlaneSeats own;
        /** Whether shards here use it, so that it ends with them. */
        boolean hasShards;

        JobMemory(HostPlane plane) {
            this.host = new PlaneSeats(plane);
        }

        boolean isUnused() {
            return !hasShards && host.isUnused() && (own == null || own.isUnused());
        }
    }

    private final Optional<SharedFolder> folder;
    private final Map<Integer, JobMemory> byJob = new HashMap<>();

    /** @param folder where memory is shared; empty for memory of this process alone */
    Planes(Optional<SharedFolder> folder) {
        this.folder = folder;
    }

    /** Memory for one worker of this process. */
    synchronized HostSeat take(int job, Layout layout) {
        JobMemory memory = memory(job, layout);
        try {
            return memory.host.take();
        } catch (ParamException e) {
            if (memory.own == null) {
                warn(e);
                memory.own = new PlaneSeats(new PlainPlane(layout));
            }

            return memory.own.take();
        }
    }

    /** The memory that a job's shards here read and write; {@link #end} must follow. */
    synchronized HostPlane of(int job, Layout layout) {
        JobMemory memory = memory(job, layout);
        memory.hasShards = true;
        return memory.host.plane();
    }

    private JobMemory memory(int job, Layout layout) {
        if (!byJob.containsKey(job)) {
            endUnused();
        }

        return byJob.computeIfAbsent(job, key -> new JobMemory(open(job, layout)));
    }

    /** Only shards hear of a job's end. A job that is not over after all gets other memory for its next segment. */
    private void endUnused() {
        List<Integer> unused =
                byJob.keySet().stream().filter(job -> byJob.get(job).isUnused()).toList();
        unused.forEach(this::end);
    }

    private HostPlane open(int job, Layout layout) {
        if (folder.isPresent()) {
            try {
                return MappedPlane.open(folder.get(), job, layout);
            } catch (IOException e) {
                warn(e);
            }
        }

        return new PlainPlane(layout);
    }

    private static void warn(Exception cause) {
        LOG.log(
                Level.WARNING,
                "This process does not share memory with others of its host, and is slower for it: "
                        + cause.getMessage()
                        + ". More room in shared memory may help (Docker: --shm-size; Kubernetes: an emptyDir with"
                        + " medium Memory on /dev/shm).");
    }

    /** A job is over, and its shards here are closed. */
    synchronized void end(int job) {
        JobMemory memory = byJob.remove(job);
        if (memory != null) {
            memory.host.end();
            if (memory.own != null) {
                memory.own.end();
            }
        }
    }

    @Override
    public synchronized void close() {
        List<Integer> jobs = new ArrayList<>(byJob.keySet());
        jobs.forEach(this::end);
    }
}
