package dev.lockstep.params.member;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * An agent that several threads run by turns, never two at once: the process's background thread, and workers while
 * they wait. Thread-safe.
 */
public final class SharedAgent {
    private final IntSupplier work;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Sleeper sleeper;

    private record Sleeper(Thread thread, BooleanSupplier until) {}

    public SharedAgent(IntSupplier work) {
        this.work = work;
    }

    /** Runs the agent once; returns 0 at once if another thread does. */
    public int tryWork() {
        if (!tryEnter()) {
            return 0;
        }

        try {
            int done = work.getAsInt();
            wake();
            return done;
        } finally {
            exit();
        }
    }

    private void wake() {
        Sleeper asleep = sleeper;
        if (asleep != null && asleep.until().getAsBoolean()) {
            LockSupport.unpark(asleep.thread());
        }
    }

    /** Sleeps for so long, or until another thread has run the agent and this holds. One thread. */
    public void sleep(BooleanSupplier until, long ns) {
        this.sleeper = new Sleeper(Thread.currentThread(), until);
        if (!exclusively(() -> until.getAsBoolean())) {
            LockSupport.parkNanos(ns);
        }

        this.sleeper = null;
    }

    /** Ends the sleep of whoever sleeps here; returns whether anybody does. */
    boolean interruptSleep() {
        Sleeper asleep = sleeper;
        if (asleep != null) {
            LockSupport.unpark(asleep.thread());
        }

        return asleep != null;
    }

    /** Runs the agent once, from within {@link #enter} or {@link #tryEnter}. */
    public int work() {
        return work.getAsInt();
    }

    /** Keeps all others out until {@link #exit}; returns false at once if another thread is in. */
    public boolean tryEnter() {
        return !busy.getOpaque() && busy.compareAndSet(false, true);
    }

    /** Keeps all others out until {@link #exit}; waits while another thread is in, which is microseconds. */
    public void enter() {
        while (!tryEnter()) {
            Thread.yield();
        }
    }

    public void exit() {
        busy.set(false);
    }

    /** Keeps everybody out for good; the agent can then be closed. */
    public void retire() {
        enter();
    }

    /** Calls with all others kept out. */
    public <T> T exclusively(Supplier<T> call) {
        enter();
        try {
            return call.get();
        } finally {
            exit();
        }
    }

    /** Runs with all others kept out. */
    public void exclusively(Runnable action) {
        enter();
        try {
            action.run();
        } finally {
            exit();
        }
    }
}
