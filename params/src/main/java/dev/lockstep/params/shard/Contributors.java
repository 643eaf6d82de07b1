package dev.lockstep.params.shard;

import dev.lockstep.params.Range;
import dev.lockstep.params.compress.Compression;
import dev.lockstep.params.compress.NoCompression;
import dev.lockstep.params.plane.Blocks;
import dev.lockstep.params.plane.HostPlace;
import dev.lockstep.params.plane.HostPlane;
import dev.lockstep.params.plane.HostRange;
import dev.lockstep.params.plane.Hosts;
import dev.lockstep.params.plane.Region;
import dev.lockstep.params.wire.Frame;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who pushes what a range's sum is made of, and is sent its values: all workers, or the leader of each host. One
 * thread.
 */
final class Contributors {
    private final int[] workers;
    private final int own;
    private final HostPlane plane;
    private final List<Region> gradients;
    private final Compression compression;
    private final Blocks blocks = new Blocks();

    private Contributors(
            List<Integer> workers, int own, HostPlane plane, List<Region> gradients, Compression compression) {
        this.workers = workers.stream().mapToInt(Integer::intValue).toArray();
        this.own = own;
        this.plane = plane;
        this.gradients = gradients;
        this.compression = compression;
    }

    /** Every worker for itself. */
    static Contributors workers(int count) {
        return new Contributors(
                IntStream.range(0, count).boxed().toList(), /* own */ -1, null, List.of(), new NoCompression());
    }

    /**
     * @param plane the memory of the shard's own host, whose workers push nothing
     * @param compression of what the others push
     */
    static Contributors hosts(Hosts hosts, HostPlane plane, Compression compression) {
        List<Integer> near = hosts.workersOf(plane.host());
        List<Region> gradients = near.stream()
                .map(worker -> hosts.workers().get(worker))
                .map(HostPlace::gradient)
                .map(plane::gradient)
                .toList();
        int own = near.isEmpty() ? -1 : hosts.leaders().indexOf(near.get(0));
        return new Contributors(hosts.leaders(), own, plane, gradients, compression);
    }

    int count() {
        return workers.length;
    }

    /** The worker that speaks for one of them. */
    int worker(int contributor) {
        return workers[contributor];
    }

    /** Which of them a worker's frames are from; -1 if it should send none. */
    int of(int worker) {
        for (int contributor = 0; contributor < workers.length; contributor++) {
            if (workers[contributor] == worker && contributor != own) {
                return contributor;
            }
        }

        return -1;
    }

    /** Which of them is the shard's own host; -1 if none is. */
    int own() {
        return own;
    }

    /** A range in the memory of the own host; null if nobody reads it there. */
    HostRange near(Range range) {
        return own < 0 ? null : new HostRange(range, plane.values(), gradients, Frame.EMPTY, blocks);
    }

    /** The sum of what all of them have of a range. @param near what {@link #near} gave */
    Pushes sum(int count, Workspace workspace, HostRange near) {
        return compression instanceof NoCompression
                ? new RangeSum(count, count(), workspace, near, own)
                : new CompressedSum(compression, count, count(), workspace, near, own);
    }
}
