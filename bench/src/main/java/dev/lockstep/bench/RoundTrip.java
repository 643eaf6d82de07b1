package dev.lockstep.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.lockstep.optim.Adam;
import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.Sgd;
import dev.lockstep.optim.update.UpdateRule;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.Segment;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.client.WorkerMemory;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.link.Protocol;
import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.node.Membership;
import dev.lockstep.params.node.Node;
import dev.lockstep.params.plane.HostSeat;
import dev.lockstep.params.shard.ShardRule;
import dev.lockstep.params.shard.ShardSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Push, apply and broadcast of a parameter vector between two JVMs, each a worker and a shard; beside it gloo's
 * all-reduce of the same vector ({@code bench/peers/pytorch_ddp.py ar 2}).
 *
 * <pre>
 *   RoundTrip [VALUES [STEPS [sgd|adam [ipc|udp|tcp|auto [HOST OTHER COMMAND...]]]]]        100 MB, 30 steps, sgd, ipc
 * </pre>
 *
 * HOST is where this JVM is reached and OTHER where the second, which COMMAND starts there. A loop that copies as much
 * is timed as well.
 */
public final class RoundTrip {
    /** Values that are pushed before steps count, because the JVM compiles meanwhile: some 15 s between hosts. */
    private static final long WARM_UP_VALUES = 2_500_000_000L;

    private static final long LONGEST_WARM_UP = 1_500;

    /** What both processes must agree on. */
    private record Plan(
            TransportSettings network,
            ClusterSettings settings,
            Address coordinator,
            Layout layout,
            ShardRule rule,
            int steps)
            implements Serializable {
        int warmUp() {
            return RoundTrip.warmUp(layout.valueCount());
        }
    }

    private RoundTrip() {}

    public static void main(String[] args) throws IOException, InterruptedException, ClassNotFoundException {
        if (args.length == 2 && args[0].equals("--worker")) {
            Plan plan = decode(args[1]);
            try (Node node = Node.open(plan.network())) {
                System.out.println(worker(node, plan, 1));
            }

            return;
        }

        int values = args.length > 0 ? Integer.parseInt(args[0]) : 25_000_000;
        int steps = args.length > 1 ? Integer.parseInt(args[1]) : 30;
        Optimizer optimizer = args.length > 2 && args[2].equals("adam") ? new Adam() : new Sgd(0.1);
        String way = args.length > 3 ? args[3] : "ipc";
        String host = args.length > 5 ? args[4] : "127.0.0.1";
        String other = args.length > 5 ? args[5] : host;
        List<String> command = args.length > 5 ? List.of(args).subList(6, args.length) : List.of();
        Layout layout = Layout.of(List.of(new Parameter("w", List.of(values))), List.of(), 2);
        ShardRule rule = new ShardRule(weight -> weight, UpdateRule.of(optimizer));
        ClusterSettings settings = ClusterSettings.of(1, 2);
        try (Node node = Node.open(network(way, host));
                Coordinator coordinator = node.coordinate(settings, layout, report -> {})) {
            int all = warmUp(values) + steps;
            coordinator.begin(new Segment(1, 1, 1L + all, all, 0));
            Plan plan = new Plan(network(way, other), settings, coordinator.address(), layout, rule, steps);
            Process process = start(plan, command);
            System.out.println(worker(node, plan, 0));
            process.waitFor();
        }

        System.out.println(copy(values, steps));
    }

    private static int warmUp(int values) {
        return (int) Math.max(10, Math.min(LONGEST_WARM_UP, WARM_UP_VALUES / values));
    }

    private static TransportSettings network(String way, String host) {
        NetworkSettings network = NetworkSettings.of(host);
        if (!way.equals("ipc")) {
            network = network.withProtocol(Protocol.valueOf(way.toUpperCase(Locale.ROOT)));
        }

        return new TransportSettings(network, 4, "", way.equals("ipc"));
    }

    private static String copy(int values, int times) {
        float[] from = new float[values];
        float[] to = new float[values];
        long bestNs = Long.MAX_VALUE;
        for (int i = 0; i < times; i++) {
            from[i % values] = i;
            long startNs = System.nanoTime();
            for (int j = 0; j < values; j++) {
                to[j] = from[j];
            }

            bestNs = Math.min(bestNs, System.nanoTime() - startNs);
        }

        return String.format(
                Locale.ROOT,
                "copy: %.1f MB, best %.3f ms, last %.0f",
                values * 4e-6,
                bestNs * 1e-6,
                to[times % values]);
    }

    private static String worker(Node node, Plan plan, int worker) {
        Membership place = new Membership(plan.settings(), plan.coordinator(), worker, plan.layout(), plan.rule());
        ShardSource zeros =
                (shard, step) -> shard.ranges().forEach(range -> shard.load(range.index(), new float[range.count()]));
        try (HostSeat seat = node.seat(place);
                WorkerClient client = node.join(place, new WorkerMemory(seat, FloatBuffer.allocate(0)), zeros)) {
            FloatBuffer gradient = seat.gradient().floats();
            for (int i = 0; i < gradient.capacity(); i++) {
                gradient.put(i, i % 7 - 3);
            }

            client.pull();
            return measure(client, plan, worker);
        }
    }

    private static String measure(WorkerClient client, Plan plan, int worker) {
        long[] tookNs = new long[plan.steps()];
        long cpuNs = 0;
        WorkerTimes sum = WorkerTimes.NONE;
        for (int i = -plan.warmUp(); i < plan.steps(); i++) {
            if (i == 0) {
                cpuNs = -cpuNs();
            }

            long step = 1L + plan.warmUp() + i;
            long startNs = System.nanoTime();
            client.begin(step, 1);
            client.ready(0);
            client.await();
            client.report(new WorkerReport(step, 0, 1, 1, client.times()));
            if (i >= 0) {
                tookNs[i] = System.nanoTime() - startNs;
                sum = plus(sum, client.times());
            }
        }

        cpuNs += cpuNs();
        Arrays.sort(tookNs);
        double scale = 1e-6 / plan.steps();
        return String.format(
                Locale.ROOT,
                "worker %d: %.1f MB, median %.3f ms, best %.3f ms, processor %.3f ms a step"
                        + " (send %.3f, wait %.3f, apply %.3f)",
                worker,
                plan.layout().valueCount() * 4e-6,
                tookNs[tookNs.length / 2] * 1e-6,
                tookNs[0] * 1e-6,
                cpuNs * scale,
                sum.sendNs() * scale,
                sum.waitNs() * scale,
                sum.applyNs() * scale);
    }

    private static WorkerTimes plus(WorkerTimes a, WorkerTimes b) {
        return new WorkerTimes(
                0, 0, 0, 0, a.sendNs() + b.sendNs(), a.waitNs() + b.waitNs(), a.applyNs() + b.applyNs(), 0);
    }

    private static long cpuNs() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static Process start(Plan plan, List<String> prefix) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(plan);
        }

        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RoundTrip.class.getName(), "--worker"));
        command.add(Base64.getEncoder().encodeToString(bytes.toByteArray()));
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static Plan decode(String text) throws IOException, ClassNotFoundException {
        byte[] bytes = Base64.getDecoder().decode(text);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Plan) in.readObject();
        }
    }
}
