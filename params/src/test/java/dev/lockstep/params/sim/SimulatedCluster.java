package dev.lockstep.params.sim;

import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.Segment;
import dev.lockstep.params.client.AgentWaiter;
import dev.lockstep.params.client.WorkerAgent;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.client.WorkerMemory;
import dev.lockstep.params.client.WorkerSettings;
import dev.lockstep.params.link.Address;
import dev.lockstep.params.link.Faults;
import dev.lockstep.params.link.FaultyTransport;
import dev.lockstep.params.link.ManualClock;
import dev.lockstep.params.link.MemoryTransport;
import dev.lockstep.params.link.Transport;
import dev.lockstep.params.member.AgentGroup;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.member.Endpoint;
import dev.lockstep.params.member.SharedAgent;
import dev.lockstep.params.member.StepReport;
import dev.lockstep.params.plane.HostPlace;
import dev.lockstep.params.plane.HostPlane;
import dev.lockstep.params.plane.HostSeat;
import dev.lockstep.params.plane.PlainPlane;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.params.shard.ShardRule;
import dev.lockstep.params.shard.ShardServer;
import dev.lockstep.params.shard.ShardSettings;
import dev.lockstep.params.wire.Hosted;
import dev.lockstep.params.wire.Session;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A whole cluster in one thread: coordinator, shards and workers are run by turns, a transport with faults between
 * them, time moved by hand. The same seed gives the same run.
 */
public final class SimulatedCluster implements AutoCloseable {
    static final int JOB = 17;
    static final long TICKS_PER_MS = 10;

    private static final long TICK_NS = 1_000_000 / TICKS_PER_MS;
    private static final int MOST_TICKS = 2_000_000;

    /** One worker: its end, its memory, and the shards of its process. */
    public static final class Worker {
        final int index;
        final HostSeat seat;
        final FloatBuffer buffers;
        WorkerAgent agent;

        Worker(int index, HostPlane host, Layout layout) {
            this.index = index;
            UUID gradient = UUID.randomUUID();
            HostPlace place = new HostPlace(host.host(), gradient);
            this.seat = new HostSeat(host, place, host.create(gradient), closed -> {});
            this.buffers = direct(layout.bufferCount());
        }

        public WorkerAgent agent() {
            return agent;
        }

        public FloatBuffer values() {
            return seat.values().floats();
        }

        public FloatBuffer gradient() {
            return seat.gradient().floats();
        }

        public FloatBuffer buffers() {
            return buffers;
        }
    }

    private final Layout layout;
    private final ShardRule rule;
    private final ClusterSettings settings;
    private final float[] start;
    private final ManualClock clock = new ManualClock();
    private final FaultyTransport transport;
    private final Coordinator coordinator;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<WorkerAgent> copies = new ArrayList<>();
    private final List<ShardServer> shards = new ArrayList<>();
    private final List<StepReport> reports = new ArrayList<>();
    private RangeContents[] saved;
    private final Set<Integer> silent = new HashSet<>();
    private boolean coordinatorSilent;

    /** Every worker is on a host of its own. */
    public SimulatedCluster(Layout layout, ShardRule rule, int workerCount, float[] start, Faults faults, long seed) {
        this(layout, rule, IntStream.range(0, workerCount).toArray(), start, faults, seed);
    }

    /** @param hosts which host each worker is on, from 0 */
    public SimulatedCluster(Layout layout, ShardRule rule, int[] hosts, float[] start, Faults faults, long seed) {
        this(layout, rule, hosts, start, faults, seed, memory -> memory);
    }

    /** @param network what lies over the memory through which members reach each other */
    SimulatedCluster(
            Layout layout,
            ShardRule rule,
            int[] hosts,
            float[] start,
            Faults faults,
            long seed,
            UnaryOperator<Transport> network) {
        int workerCount = hosts.length;
        this.layout = layout;
        this.rule = rule;
        this.start = start.clone();
        this.settings = new ClusterSettings(
                JOB,
                workerCount,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(300),
                Duration.ofMillis(20));
        this.transport = new FaultyTransport(network.apply(new MemoryTransport(clock)), faults, seed);
        this.coordinator = new Coordinator(settings, layout, reports::add, transport, () -> {});
        Map<Integer, HostPlane> planes = new HashMap<>();
        for (int worker = 0; worker < workerCount; worker++) {
            HostPlane host = planes.computeIfAbsent(hosts[worker], key -> new PlainPlane(layout));
            workers.add(new Worker(worker, host, layout));
            endpoints.add(new Endpoint(transport));
        }
    }

    private static FloatBuffer direct(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Shards that are created from now on have what a checkpoint holds, one entry per range. */
    public void resume(RangeContents[] state) {
        this.saved = state;
    }

    /**
     * Opens a segment and returns when every worker takes part in it; shards are created where the coordinator wants
     * them.
     */
    public void begin(Segment segment) {
        join(segment);
        until(() -> {
            host();
            return workers.stream().allMatch(worker -> worker.agent.session().takesPart());
        });
    }

    /** Opens a segment, for which every worker begins to ask for its place. */
    public void join(Segment segment) {
        coordinator.begin(segment);
        for (Worker worker : workers) {
            worker.agent = agent(worker.index, layout, endpoints.get(worker.index));
        }
    }

    /** Creates the shards that workers have been told to host. */
    void host() {
        workers.forEach(this::createShards);
    }

    private WorkerAgent agent(int index, Layout ofLayout, Endpoint endpoint) {
        Worker worker = workers.get(index);
        return new WorkerAgent(
                new WorkerSettings(settings, ofLayout, index, coordinator.address(), rule, () -> hosted(index)),
                new WorkerMemory(worker.seat, worker.buffers),
                endpoint);
    }

    /** One more that asks for a worker's place, with the network that it means; runs with the others from now on. */
    public WorkerAgent copy(int index, Layout ofLayout) {
        Endpoint endpoint = new Endpoint(transport);
        endpoints.add(endpoint);
        WorkerAgent copy = agent(index, ofLayout, endpoint);
        copies.add(copy);
        return copy;
    }

    /** Where anybody may send frames of the job from. */
    public Endpoint stranger(int generation) {
        Endpoint endpoint = new Endpoint(transport);
        endpoint.enter(new Session(settings.job(), generation));
        endpoints.add(endpoint);
        return endpoint;
    }

    /** A shard is told of by the worker of whose process it is: here by the one that created it. */
    private List<Hosted> hosted(int worker) {
        return shards.stream()
                .filter(shard -> shard.index() % workers.size() == worker)
                .map(shard ->
                        new Hosted(shard.step(), shard.index(), layout.fingerprint(), shard.host(), shard.address()))
                .toList();
    }

    private void createShards(Worker worker) {
        for (Map.Entry<Integer, Long> wanted = worker.agent.session().nextWanted();
                wanted != null;
                wanted = worker.agent.session().nextWanted()) {
            int index = wanted.getKey();
            if (shards.stream().noneMatch(shard -> shard.index() == index)) {
                ShardServer shard = new ShardServer(
                        new ShardSettings(settings, layout, rule, index, coordinator.address()),
                        workers.get(index % workers.size()).seat.plane(),
                        transport);
                shard.ranges().forEach(range -> load(shard, range));
                shards.add(shard);
            }
        }
    }

    private void load(ShardServer shard, Range range) {
        if (saved == null) {
            shard.load(range.index(), part(range));
        } else {
            shard.load(saved[range.index()]);
        }
    }

    private float[] part(Range range) {
        float[] part = new float[range.count()];
        System.arraycopy(start, range.trained() ? range.start() : 0, part, 0, range.trained() ? part.length : 0);
        return part;
    }

    /** Runs everybody by turns until a condition holds. */
    public void until(BooleanSupplier condition) {
        for (int tick = 0; !condition.getAsBoolean(); tick++) {
            if (tick == MOST_TICKS) {
                throw new AssertionError("The cluster makes no progress: "
                        + workers.stream()
                                .map(worker -> worker.agent.describe())
                                .toList() + ", failure="
                        + coordinator.failure());
            }

            tick();
        }
    }

    public long ticks() {
        return clock.nanos() / TICK_NS;
    }

    /** After how many ticks a member says again what had no effect: four times in the time that makes it a resend. */
    public long ticksToARepeat() {
        return settings.resend().toNanos() / 4 / TICK_NS;
    }

    public void tick() {
        clock.advance(TICK_NS);
        transport.deliver();
        if (!coordinatorSilent) {
            coordinator.doWork();
        }

        shards.forEach(ShardServer::doWork);
        copies.forEach(WorkerAgent::doWork);
        for (Worker worker : workers) {
            if (!silent.contains(worker.index)) {
                worker.agent.doWork();
            }
        }

        copies.forEach(WorkerAgent::doWork);
    }

    /** A worker's end as its computing thread has it: while that waits, everybody works. */
    public WorkerClient client(int worker) {
        WorkerAgent agent = workers.get(worker).agent;
        SharedAgent everybody = new SharedAgent(() -> {
            tick();
            return 1;
        });
        AgentWaiter waiter = new AgentWaiter(agent, worker, everybody, new AgentGroup(), Duration.ofMinutes(1));
        return new WorkerClient(agent, layout, everybody, waiter, () -> {});
    }

    /** Time goes on while nobody does anything, as on a machine that sleeps. */
    public void pause(Duration duration) {
        clock.advance(duration.toNanos());
    }

    /** A worker does nothing any more, as if its process were gone. */
    public void silence(int worker) {
        silent.add(worker);
    }

    /**
     * Another end of a worker's, as Spark's copy of a slow task has it: it wants the same place. Runs with all others.
     */
    WorkerAgent copy(int worker) {
        Worker copy = new Worker(worker, new PlainPlane(layout), layout);
        Endpoint endpoint = new Endpoint(transport);
        endpoints.add(endpoint);
        WorkerSettings place =
                new WorkerSettings(settings, layout, worker, coordinator.address(), rule, () -> List.of());
        copy.agent = new WorkerAgent(place, new WorkerMemory(copy.seat, copy.buffers), endpoint);
        copies.add(copy.agent);
        return copy.agent;
    }

    public void silenceCoordinator() {
        this.coordinatorSilent = true;
    }

    /** Where a worker is reached. */
    Address inboxOf(int worker) {
        return endpoints.get(worker).address();
    }

    public List<Worker> workers() {
        return workers;
    }

    public List<ShardServer> shards() {
        return shards;
    }

    public Coordinator coordinator() {
        return coordinator;
    }

    public List<StepReport> reports() {
        return reports;
    }

    public FaultyTransport transport() {
        return transport;
    }

    @Override
    public void close() {
        endpoints.forEach(Endpoint::close);
        shards.forEach(ShardServer::close);
        transport.close();
    }
}
