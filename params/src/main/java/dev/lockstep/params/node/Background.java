package dev.lockstep.params.node;

import dev.lockstep.params.member.AgentGroup;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * The thread that runs a process's agents while nobody else does, backing off to a sleep of milliseconds when there is
 * nothing to do.
 */
final class Background implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Background.class.getName());
    private static final long JOIN_MS = 10_000;

    private final AgentGroup agents;
    private final Hosting hosting;
    private final Thread thread = new Thread(this::run, "lockstep-node");
    private volatile boolean running = true;
    private String logged;

    Background(AgentGroup agents, Hosting hosting) {
        this.agents = agents;
        this.hosting = hosting;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        IdleStrategy idle =
                new BackoffIdleStrategy(1, 4, TimeUnit.MICROSECONDS.toNanos(20), TimeUnit.MILLISECONDS.toNanos(4));
        while (running) {
            idle.idle(work());
        }
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
