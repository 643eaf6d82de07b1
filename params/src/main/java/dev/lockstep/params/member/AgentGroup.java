package dev.lockstep.params.member;

import org.agrona.collections.ArrayUtil;

/** The agents of one process. Thread-safe. */
public final class AgentGroup {
    private volatile SharedAgent[] agents = new SharedAgent[0];

    public synchronized void add(SharedAgent agent) {
        this.agents = ArrayUtil.add(agents, agent);
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
