package dev.lockstep.params.node;

import dev.lockstep.params.link.Transport;
import dev.lockstep.params.member.AgentGroup;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that runs a process's agents while nobody else does, backing off to a sleep of milliseconds when there is
 * nothing to do.
 */
final class Background implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Background.class.getName());
    private static final long JOIN_MS = 10_000;

    private static final int YIELDS = 4;
    private static final long SHORTEST_REST_NS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long LONGEST_REST_NS = TimeUnit.MILLISECONDS.toNanos(4);

    /** While a worker that waits does the same. */
    private static final long WATCHED_REST_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Transport transport;
    private final AgentGroup agents;
    private final Hosting hosting;
    private final Thread thread = new Thread(this::run, "lockstep-node");
    private volatile boolean running = true;
    private String logged;

    Background(Transport transport, AgentGroup agents, Hosting hosting) {
        this.transport = transport;
        this.agents = agents;
        this.hosting = hosting;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        int idle = 0;
        boolean arrived = false;
        while (running) {
            if (agents.isCrowded() && agents.isWatched()) {
                LockSupport.parkNanos(WATCHED_REST_NS);
            }

            int work = work();
            idle = work > 0 ? 0 : idle + 1;
            arrived = idle > 0 && rest(idle, arrived);
        }
    }

    /** Returns whether something has arrived meanwhile; what arrived before and was no work is somebody else's. */
    private boolean rest(int idle, boolean arrived) {
        if (idle <= YIELDS) {
            Thread.yield();
            return false;
        }

        long ns = Math.min(LONGEST_REST_NS, SHORTEST_REST_NS << Math.min(20, idle - YIELDS - 1));
        if (arrived || ns < LONGEST_REST_NS) {
            LockSupport.parkNanos(Math.min(ns, SHORTEST_REST_NS * 8));
            return false;
        }

        return transport.await(Duration.ofNanos(ns));
    }

    /**
     * The agents end their job with whatever they throw, so that this is of none; without this thread nobody would
     * answer any more.
     */
    private int work() {
        try {
            hosting.closeEnded();
            return agents.tryWork(null);
        } catch (Throwable e) {
            if (!e.toString().equals(logged)) {
                this.logged = e.toString();
                LOG.log(Level.ERROR, "Work of this process failed; its background thread goes on", e);
            }

            return 0;
        }
    }

    @Override
    public void close() {
        this.running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException(
                    "Background thread did not end: thread=" + thread.getName() + ", waitedMs=" + JOIN_MS);
        }
    }
}
