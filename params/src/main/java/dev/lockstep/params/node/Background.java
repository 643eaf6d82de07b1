package dev.lockstep.params.node;

import dev.lockstep.params.link.Transport;
import dev.lockstep.params.member.AgentGroup;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that runs a process's agents while nobody else does. It rests for milliseconds when there is nothing to
 * do.
 */
final class Background implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Background.class.getName());
    private static final long JOIN_MS = 10_000;

    /**
     * A rest that ends takes a core from a worker that computes, more often than there is work: one that waits does it
     * all itself, and what the network brings ends a rest.
     */
    private static final Duration SHORT_REST = Duration.ofMillis(1);

    private static final Duration LONG_REST = Duration.ofMillis(4);
    private static final int SHORT_RESTS = 2;

    /** While somebody else takes what has arrived. */
    private static final long OTHERS_REST_NS = TimeUnit.MICROSECONDS.toNanos(160);

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
        if (arrived) {
            LockSupport.parkNanos(OTHERS_REST_NS);
            return false;
        }

        return transport.await(idle <= SHORT_RESTS ? SHORT_REST : LONG_REST);
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
