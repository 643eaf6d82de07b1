package dev.lockstep.params.node;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.Layout;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.client.AgentWaiter;
import dev.lockstep.params.client.WorkerAgent;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.client.WorkerMemory;
import dev.lockstep.params.client.WorkerSession;
import dev.lockstep.params.client.WorkerSettings;
import dev.lockstep.params.link.Clock;
import dev.lockstep.params.link.JvmOptions;
import dev.lockstep.params.link.MemoryTransport;
import dev.lockstep.params.link.Security;
import dev.lockstep.params.link.Transport;
import dev.lockstep.params.link.TransportSettings;
import dev.lockstep.params.link.aeron.AeronTransport;
import dev.lockstep.params.member.AgentGroup;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.member.Endpoint;
import dev.lockstep.params.member.SharedAgent;
import dev.lockstep.params.member.StepListener;
import dev.lockstep.params.plane.HostSeat;
import dev.lockstep.params.secure.JobKey;
import dev.lockstep.params.secure.Keyring;
import dev.lockstep.params.shard.ShardSource;
import java.time.Duration;
import java.util.Map;

/**
 * All that one process runs of a job: its transport, its shards, its workers' ends, and in the driver the coordinator.
 * Outlives tasks, so that shards keep their state between segments. Thread-safe.
 *
 * <p>A background thread keeps everything answering; a worker's thread does the same work whenever it waits.
 */
public final class Node implements AutoCloseable {
    private final Transport transport;
    private final Keyring keyring;
    private final AgentGroup agents = new AgentGroup();
    private final Planes planes;
    private final Hosting hosting;
    private final EndpointPool endpoints;
    private final Background background;

    private Node(Transport transport, Keyring keyring) {
        this.transport = transport;
        this.keyring = keyring;
        this.planes = new Planes(transport.folder());
        this.hosting = new Hosting(transport, keyring, planes, agents);
        this.endpoints = new EndpointPool(transport);
        this.background = new Background(transport, agents, hosting);
    }

    /**
     * Starts the transport and the background thread. Without peers everybody is in this process, and no media driver
     * is started.
     *
     * @throws dev.lockstep.params.ParamException if shared memory is too small, the ports are taken, or the JVM lacks
     *     options
     */
    public static Node open(TransportSettings settings) {
        JvmOptions.require();
        Keyring keyring = new Keyring(settings.network().security());
        Transport transport =
                settings.peers() == 0 ? new MemoryTransport(Clock.SYSTEM) : AeronTransport.launch(settings, keyring);
        return open(transport, keyring);
    }

    /** Starts the background thread on a transport, which belongs to the node from now on. */
    public static Node open(Transport transport) {
        return open(transport, new Keyring(Security.NONE));
    }

    private static Node open(Transport transport, Keyring keyring) {
        Node node = new Node(transport, keyring);
        node.background.start();
        return node;
    }

    /**
     * Lets frames of a job cross the network with its key, until the job is over here. Where frames are to be sealed,
     * none go out and none come in before.
     */
    public void admit(int job, JobKey key) {
        keyring.admit(job, key);
    }

    /** Opens the coordinator of a job, in the driver's process. The listener is told in a thread of its own. */
    public Coordinator coordinate(ClusterSettings settings, Layout layout, StepListener listener) {
        StepQueue steps = new StepQueue(listener, settings.patience());
        steps.start();
        SharedAgent[] shared = new SharedAgent[1];
        Coordinator coordinator = new Coordinator(settings, layout, steps, transport, () -> {
            agents.retire(shared[0]);
            steps.close();
            keyring.forget(settings.job());
        });
        shared[0] = new SharedAgent(coordinator::doWork);
        agents.add(shared[0]);
        return coordinator;
    }

    /** Memory for a worker's parameters and gradient, to be closed once nobody computes with it any more. */
    public HostSeat seat(Membership membership) {
        return planes.take(membership.settings().job(), membership.layout());
    }

    /**
     * Takes a place in the segment that the coordinator has open: joins, creates the shards that this process is told
     * to host, and returns when everybody stands ready.
     *
     * @param memory with a seat that {@link #seat} gave; stays the caller's
     * @param source fills a shard that is to be hosted here
     * @throws dev.lockstep.params.AbortException if the members do not come together, or the job is given up
     */
    public WorkerClient join(Membership membership, WorkerMemory memory, ShardSource source) {
        ClusterSettings settings = membership.settings();
        Endpoint endpoint = endpoints.take();
        WorkerAgent agent = new WorkerAgent(
                new WorkerSettings(
                        settings,
                        membership.layout(),
                        membership.worker(),
                        membership.coordinator(),
                        membership.rule(),
                        () -> hosting.hosted(settings.job())),
                memory,
                endpoint);
        SharedAgent shared = new SharedAgent(agent::doWork);
        agents.add(shared);
        agents.countWorkers(1);
        Runnable leave = () -> {
            agents.countWorkers(-1);
            agents.retire(shared);
            endpoints.giveBack(endpoint);
        };
        AgentWaiter waiter = new AgentWaiter(agent, membership.worker(), shared, agents, settings.patience());
        try {
            takePlace(membership, agent.session(), shared, waiter, source);
        } catch (AbortException e) {
            // The job is over, and a shard that was made too late for its farewell would stay.
            leave.run();
            hosting.end(settings.job());
            throw e;
        } catch (ParamException e) {
            leave.run();
            throw e.outcome() == Outcome.REFUSED ? e : new AbortException(AbortException.kindOf(e), e.getMessage(), e);
        } catch (RuntimeException e) {
            leave.run();
            throw e;
        }

        return new WorkerClient(agent, membership.layout(), shared, waiter, leave);
    }

    private void takePlace(
            Membership membership, WorkerSession place, SharedAgent shared, AgentWaiter waiter, ShardSource source) {
        // The coordinator gives up after twice this time, and says why; this is only for a coordinator that is gone.
        Duration patience = membership.settings().gang().multipliedBy(3);
        while (!shared.exclusively(place::takesPart)) {
            waiter.until(() -> place.takesPart() || place.isWanted(), "Join is not answered", patience);
            Map.Entry<Integer, Long> wanted = shared.exclusively(place::nextWanted);
            if (wanted != null) {
                hosting.host(membership, wanted.getKey(), wanted.getValue(), source);
            }
        }
    }

    /** Ends the background thread, the shards and the transport; nothing is left in shared memory. */
    @Override
    public void close() {
        background.close();
        hosting.close();
        endpoints.close();
        planes.close();
        transport.close();
    }
}
