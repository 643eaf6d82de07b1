package dev.lockstep.params.member;

import org.agrona.collections.ArrayUtil;

/** The agents of one process. Thread-safe. */
public final class AgentGroup {
    private volatile SharedAgent[] duties = new SharedAgent[0];

    public synchronized void add(SharedAgent duty) {
        this.duties = ArrayUtil.add(duties, duty);
    }

    /** Nobody runs it any more when this returns, so that its agent can be closed. */
    public void retire(SharedAgent duty) {
        synchronized (this) {
            this.duties = ArrayUtil.remove(duties, duty);
        }

        duty.retire();
    }

    /** Runs each once that no other thread runs, but for one; returns how much they did. */
    public int tryWork(SharedAgent except) {
        int work = 0;
        for (SharedAgent duty : duties) {
            work += duty == except ? 0 : duty.tryWork();
        }

        return work;
    }
}
