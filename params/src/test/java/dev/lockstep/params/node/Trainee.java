package dev.lockstep.params.node;

import dev.lockstep.optim.Adam;
import dev.lockstep.optim.schedule.NoSchedule;
import dev.lockstep.optim.update.ClipNorm;
import dev.lockstep.optim.update.NonFinite;
import dev.lockstep.optim.update.ParamGroup;
import dev.lockstep.optim.update.Regularization;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.Range;
import dev.lockstep.params.Segment;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.client.WorkerMemory;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.plane.HostSeat;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.params.shard.ShardRule;
import dev.lockstep.params.shard.ShardServer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;

/** A worker with a toy network of 1.6 million values, for tests with real threads and processes. */
final class Trainee {
    static final int JOB = 99;
    static final int STEPS = 5;

    private static final Layout LAYOUT = Layout.of(
            List.of(
                    new Parameter("0.weight", List.of(1000, 1500)),
                    new Parameter("0.bias", List.of(1500)),
                    new Parameter("1.weight", List.of(1500, 70))),
            List.of(new Parameter("0.running_mean", List.of(9))),
            3);

    private final int worker;
    private final float[] values = new float[LAYOUT.valueCount()];
    private final FloatBuffer buffers = direct(LAYOUT.bufferCount());

    Trainee(int worker) {
        this.worker = worker;
    }

    static Layout layout() {
        return LAYOUT;
    }

    static ClusterSettings settings(int workers, Duration gang, Duration silence) {
        return new ClusterSettings(JOB, workers, gang, silence, Duration.ofSeconds(60), Duration.ofMillis(500));
    }

    static ShardRule rule() {
        return new ShardRule(
                weight -> weight,
                new UpdateRule(
                        List.of(new ParamGroup("*", new Adam())),
                        Regularization.NONE,
                        new ClipNorm(1),
                        new NoSchedule(),
                        NonFinite.STOP));
    }

    static Segment segment(int number) {
        return new Segment(number, 1 + (number - 1L) * STEPS, 1 + (long) number * STEPS, STEPS, 0);
    }

    static void fill(ShardServer shard, long step) {
        for (Range range : shard.ranges()) {
            float[] params = new float[range.count()];
            for (int i = 0; i < params.length; i++) {
                params[i] = (float) Math.sin(range.start() + i);
            }

            shard.load(range.index(), params);
        }
    }

    /** Takes part in one segment. */
    void run(Node node, ClusterSettings settings, Address coordinator) {
        Membership place = new Membership(settings, coordinator, worker, LAYOUT, rule());
        try (HostSeat seat = node.seat(place);
                WorkerClient client = node.join(place, memory(seat), Trainee::fill)) {
            client.pull();
            boolean stop = false;
            for (long step = client.segment().from(); step < client.segment().to() && !stop; step++) {
                stop = step(client, seat, step);
            }

            client.averageBuffers(client.segment().to() - 1, 1);
        }
    }

    boolean step(WorkerClient client, HostSeat seat, long step) {
        FloatBuffer gradient = seat.gradient().floats();
        for (int i = 0; i < gradient.capacity(); i++) {
            gradient.put(i, seat.values().floats().get(i) * (worker + 1) - (step + i) % 17);
        }

        client.begin(step, worker + 1);
        for (int parameter = LAYOUT.parameters().size() - 1; parameter >= 0; parameter--) {
            client.ready(parameter);
        }

        boolean stop = client.await();
        seat.values().floats().get(0, values);
        client.report(new WorkerReport(
                step,
                worker + step,
                1,
                1,
                0,
                client.gradientNorm(),
                -1,
                client.skipped(),
                List.of(),
                client.times(),
                client.pushed()));
        return stop;
    }

    /** Of the gradient of step 1, before clipping: the mean over so many workers' shares, each of its weight. */
    static double firstNorm(int workers) {
        double squares = 0;
        for (int i = 0; i < LAYOUT.valueCount(); i++) {
            double gradient = Math.sin(i) - 2.0 / (workers + 1) * ((1 + i) % 17);
            squares += gradient * gradient;
        }

        return Math.sqrt(squares);
    }

    /** The state of every range, as a checkpoint would take it. */
    static List<RangeContents> state(WorkerClient client) {
        return LAYOUT.ranges().stream()
                .map(range -> client.pullState(range.index()))
                .toList();
    }

    WorkerMemory memory(HostSeat seat) {
        return new WorkerMemory(seat, buffers);
    }

    /** A number for all values, to compare runs by. */
    long digest() {
        long digest = 0;
        for (int i = 0; i < values.length; i++) {
            digest = 31 * digest + Float.floatToIntBits(values[i]);
        }

        return digest;
    }

    private static FloatBuffer direct(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
