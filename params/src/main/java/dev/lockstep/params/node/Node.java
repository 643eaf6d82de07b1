package dev.lockstep.params.node;

import dev.lockstep.params.AbortException;
import dev.lockstep.params.Layout;
import dev.lockstep.params.client.Enrollment;
import dev.lockstep.params.client.Waiting;
import dev.lockstep.params.client.WorkerAgent;
import dev.lockstep.params.client.WorkerClient;
import dev.lockstep.params.client.WorkerMemory;
import dev.lockstep.params.client.WorkerSettings;
import dev.lockstep.params.link.AeronNetwork;
import dev.lockstep.params.link.Clock;
import dev.lockstep.params.link.JvmOptions;
import dev.lockstep.params.link.MemoryNetwork;
import dev.lockstep.params.link.Network;
import dev.lockstep.params.link.NetworkSettings;
import dev.lockstep.params.member.ClusterSettings;
import dev.lockstep.params.member.Coordinator;
import dev.lockstep.params.member.Duties;
import dev.lockstep.params.member.Duty;
import dev.lockstep.params.member.Endpoint;
import dev.lockstep.params.member.StepListener;
import dev.lockstep.params.shard.ShardSource;
import java.time.Duration;
import java.util.Map;

/**
 * All that one process runs of a job: its network, its shards, its workers' ends, and in the driver the coordinator.
 * Outlives tasks, so that shards keep their state between segments. Thread-safe.
 *
 * <p>A background thread keeps everything answering; a worker's thread does the same work whenever it waits.
 */
public final class Node implements AutoCloseable {
    private final Network network;
    private final Duties duties = new Duties();
    private final Hosting hosting;
    private final EndpointPool endpoints;
    private final Background background;

    private Node(Network network) {
        this.network = network;
        this.hosting = new Hosting(network, duties);
        this.endpoints = new EndpointPool(network);
        this.background = new Background(duties, hosting);
    }

    /**
     * Starts the network and the background thread. Without peers everybody is in this process, and no media driver is
     * started.
     *
     * @throws dev.lockstep.params.ParamException if shared memory is too small, the ports are taken, or the JVM lacks
     *     options
     */
    public static Node open(NetworkSettings settings) {
        JvmOptions.require();
        return open(settings.peers() == 0 ? new MemoryNetwork(Clock.SYSTEM) : AeronNetwork.launch(settings));
    }

    /** Starts the background thread on a network, which belongs to the node from now on. */
    public static Node open(Network network) {
        Node node = new Node(network);
        node.background.start();
        return node;
    }

    /** Opens the coordinator of a job, in the driver's process. The listener is told in a thread of its own. */
    public Coordinator coordinate(ClusterSettings settings, Layout layout, StepListener listener) {
        StepQueue steps = new StepQueue(listener, settings.patience());
        steps.start();
        Duty[] duty = new Duty[1];
        Coordinator coordinator = new Coordinator(settings, layout, steps, network, () -> {
            duties.retire(duty[0]);
            steps.close();
        });
        duty[0] = new Duty(coordinator::doWork);
        duties.add(duty[0]);
        return coordinator;
    }

    /**
     * Takes a place in the segment that the coordinator has open: joins, creates the shards that this process is told
     * to host, and returns when everybody stands ready.
     *
     * @param source fills a shard that is to be hosted here
     * @throws dev.lockstep.params.AbortException if the gang does not come together, or the job is given up
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
                        () -> hosting.hosted(settings.job())),
                memory,
                endpoint);
        Duty duty = new Duty(agent::doWork);
        duties.add(duty);
        Runnable leave = () -> {
            duties.retire(duty);
            endpoints.giveBack(endpoint);
        };
        Waiting waiting = new Waiting(agent, membership.worker(), duty, duties, settings.patience());
        try {
            takePlace(membership, agent.enrollment(), duty, waiting, source);
        } catch (AbortException e) {
            // The job is over, and a shard that was made too late for its farewell would stay.
            leave.run();
            hosting.end(settings.job());
            throw e;
        } catch (RuntimeException e) {
            leave.run();
            throw e;
        }

        return new WorkerClient(agent, membership.layout(), duty, waiting, leave);
    }

    private void takePlace(Membership membership, Enrollment place, Duty duty, Waiting waiting, ShardSource source) {
        // The coordinator gives up after twice this time, and says why; this is only for a coordinator that is gone.
        Duration patience = membership.settings().gang().multipliedBy(3);
        while (!duty.exclusively(place::takesPart)) {
            waiting.until(() -> place.takesPart() || place.isWanted(), "Join is not answered", patience);
            Map.Entry<Integer, Long> wanted = duty.exclusively(place::nextWanted);
            if (wanted != null) {
                hosting.host(membership, wanted.getKey(), wanted.getValue(), source);
            }
        }
    }

    /** Ends the background thread, the shards and the network; nothing is left in shared memory. */
    @Override
    public void close() {
        background.close();
        hosting.close();
        endpoints.close();
        network.close();
    }
}
