package dev.lockstep.params.client;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.link.AwakeClock;
import dev.lockstep.params.link.Clock;
import dev.lockstep.params.member.AgentGroup;
import dev.lockstep.params.member.SharedAgent;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How a worker's thread waits: it runs its own end and the process's shards meanwhile, because on a machine with as
 * many workers as cores nobody else would. Counts where the time goes. One thread.
 */
public final class AgentWaiter {
    private static final int YIELDS = 2_000;
    private static final long PARK_NS = 50_000;
    private static final long SLEEP_NS = 10_000_000;

    private final WorkerAgent agent;
    private final int worker;
    private final SharedAgent own;
    private final AgentGroup all;
    private final Duration patience;
    private final Clock clock = new AwakeClock(Clock.SYSTEM);
    private long sendNs;
    private long waitNs;
    private long applyNs;

    /**
     * @param own runs the agent
     * @param all the process's agents, this one among them
     */
    public AgentWaiter(WorkerAgent agent, int worker, SharedAgent own, AgentGroup all, Duration patience) {
        this.agent = agent;
        this.worker = worker;
        this.own = own;
        this.all = all;
        this.patience = patience;
    }

    /** Sends what there is room for, and does what has come meanwhile. */
    void send() {
        long startNs = System.nanoTime();
        int work = own.tryWork();
        long sentNs = System.nanoTime();
        this.sendNs += sentNs - startNs;
        boolean watched = all.isCrowded() && all.isWatched();
        if (work + (watched ? 0 : all.tryWork(own)) > 0) {
            this.applyNs += System.nanoTime() - sentNs;
        }
    }

    /** @param what is said if patience ends before the condition holds */
    void until(BooleanSupplier condition, String what) {
        until(condition, what, patience);
    }

    /** As {@link #until(BooleanSupplier, String)}, with another patience. */
    public void until(BooleanSupplier condition, String what, Duration atMost) {
        boolean crowded = all.isCrowded();
        boolean watches = !crowded;
        long startNs = clock.nanos();
        long lastNs = startNs;
        int idle = 0;
        try {
            while (true) {
                int work = 0;
                if (own.tryEnter()) {
                    try {
                        if (condition.getAsBoolean()) {
                            return;
                        }

                        work = own.work();
                        agent.requireSound();
                    } finally {
                        own.exit();
                    }
                }

                watches = watches || all.tryWatch();
                work += watches ? all.tryWork(own) : 0;
                long now = clock.nanos();
                count(work, now - lastNs);
                lastNs = now;
                idle = work > 0 ? 0 : idle + 1;
                rest(idle, crowded, watches, condition);
                requireWanted(what);
                requirePatience(now - startNs, atMost, what);
            }
        } finally {
            if (crowded && watches) {
                all.endWatch();
            }
        }
    }

    private void count(int work, long ns) {
        if (work > 0) {
            this.applyNs += ns;
        } else {
            this.waitNs += ns;
        }
    }

    /**
     * Gives the core away; sleeps only after a while, because a sleep lasts longer than a small network's step. Where
     * other workers have no core to compute on, one that waits looks for work now and then, and the others sleep until
     * it has some for them.
     */
    private void rest(int idle, boolean crowded, boolean watches, BooleanSupplier condition) {
        if (!watches) {
            own.sleep(() -> condition.getAsBoolean() || !agent.isSound(), SLEEP_NS);
        } else if (idle > (crowded ? 0 : YIELDS)) {
            LockSupport.parkNanos(PARK_NS);
        } else if (idle > 0) {
            Thread.yield();
        }
    }

    /** Whoever interrupts the thread, as Spark does to kill a task, does not want its work any more. The flag stays. */
    private void requireWanted(String what) {
        if (Thread.currentThread().isInterrupted()) {
            throw new ParamException(
                    Outcome.UNKNOWN,
                    "Worker was interrupted: worker=" + worker + ", while=" + what + ", " + describe());
        }
    }

    private void requirePatience(long waitedNs, Duration atMost, String what) {
        if (waitedNs > atMost.toNanos()) {
            throw new ParamException(
                    Outcome.UNKNOWN,
                    what + ": worker=" + worker + ", " + describe() + ", waitedMs=" + waitedNs / 1_000_000);
        }
    }

    private String describe() {
        return own.exclusively(agent::describe);
    }

    void clearTimes() {
        this.sendNs = 0;
        this.waitNs = 0;
        this.applyNs = 0;
    }

    WorkerTimes times(long hiddenNs) {
        return new WorkerTimes(0, 0, 0, 0, sendNs, waitNs, applyNs, hiddenNs);
    }
}
