package dev.lockstep.params.member;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.collections.ArrayUtil;

/** The agents of one process. Thread-safe. */
public final class AgentGroup {
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final AtomicInteger workers = new AtomicInteger();
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile SharedAgent[] agents = new SharedAgent[0];

    public synchronized void add(SharedAgent agent) {
        this.agents = ArrayUtil.add(agents, agent);
    }

    /** A worker's thread begins, and will end, to compute and to wait for its agent. */
    public void countWorkers(int change) {
        workers.addAndGet(change);
    }

    /** Whether there are fewer cores than threads that may compute, so that nobody should look for work in vain. */
    public boolean isCrowded() {
        return workers.get() > cores;
    }

    /** Lets this thread run all agents while the others that wait sleep; false if another one does. */
    public boolean tryWatch() {
        return !watched.get() && watched.compareAndSet(false, true);
    }

    /** Another thread that waits, if there is one, goes on. */
    public void endWatch() {
        watched.set(false);
        for (SharedAgent agent : agents) {
            if (agent.interruptSleep()) {
                return;
            }
        }
    }

    public boolean isWatched() {
        return watched.get();
    }

    /** Nobody runs it any more when this returns, so that its agent can be closed. */
    public void retire(SharedAgent agent) {
        synchronized (this) {
            this.agents = ArrayUtil.remove(agents, agent);
        }

        agent.retire();
    }

    /** Runs each once that no other thread runs, but for one; returns how much they did. */
    public int tryWork(SharedAgent except) {
        int work = 0;
        for (SharedAgent agent : agents) {
            work += agent == except ? 0 : agent.tryWork();
        }

        return work;
    }
}
