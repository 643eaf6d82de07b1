package dev.lockstep.params.node;

import dev.lockstep.params.ParamException;
import dev.lockstep.params.ParamException.Outcome;
import dev.lockstep.params.member.StepListener;
import dev.lockstep.params.member.StepReport;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Between a coordinator, which must answer at all times, and a listener that may wait for a disk: hands the steps on in
 * their order, in a thread of its own. When it is full, the coordinator takes no more reports, and the workers keep
 * theirs. What the listener throws is thrown to whoever comes next. Thread-safe.
 */
final class StepQueue implements StepListener, AutoCloseable {
    static final int CAPACITY = 1_024;

    private static final long JOIN_MS = 10_000;

    private final StepListener listener;
    private final Duration patience;
    private final ArrayDeque<StepReport> waiting = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "lockstep-steps");
    private boolean delivering;
    private boolean closed;
    private long delivered;
    private RuntimeException failure;

    /** @param patience how long to wait for the listener to take a step */
    StepQueue(StepListener listener, Duration patience) {
        this.listener = listener;
        this.patience = patience;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized boolean hasRoom() {
        requireSound();
        return waiting.size() < CAPACITY;
    }

    @Override
    public synchronized void onStep(StepReport report) {
        requireSound();
        waiting.add(report);
        notifyAll();
    }

    private void requireSound() {
        if (failure != null) {
            throw failure;
        }
    }

    private void run() {
        for (StepReport next = next(); next != null; next = next()) {
            try {
                listener.onStep(next);
                done(next, null);
            } catch (RuntimeException e) {
                done(next, e);
            } catch (Error e) {
                done(next, new IllegalStateException(e));
            }
        }
    }

    /** Null once it is closed. */
    private synchronized StepReport next() {
        while (waiting.isEmpty() && !closed) {
            isInterruptedWithin(0);
        }

        this.delivering = !waiting.isEmpty();
        return waiting.poll();
    }

    private synchronized void done(StepReport report, RuntimeException broken) {
        this.delivering = false;
        this.delivered = report.step();
        if (broken != null) {
            this.failure = broken;
            waiting.clear();
        }

        notifyAll();
    }

    /** Waits as long as the listener takes steps. */
    @Override
    public synchronized void flush() {
        boolean interrupted = false;
        long before = delivered;
        long startNs = System.nanoTime();
        while (delivering || !waiting.isEmpty()) {
            if (delivered != before) {
                before = delivered;
                startNs = System.nanoTime();
            }

            interrupted |= isInterruptedWithin(left(startNs));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }

        requireSound();
    }

    private long left(long startNs) {
        long leftMs = patience.minusNanos(System.nanoTime() - startNs).toMillis();
        if (leftMs <= 0) {
            throw new ParamException(
                    Outcome.UNKNOWN,
                    "Listener takes no more steps: delivered=" + delivered + ", waiting=" + waiting.size()
                            + ", waitedMs=" + patience.toMillis());
        }

        return leftMs;
    }

    /** Waits for news. An interrupt does not end the waiting: what was reported is to be written down. */
    private boolean isInterruptedWithin(long ms) {
        try {
            wait(ms);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Ends the thread when the listener has all that waits, and does not wait for one that takes nothing. */
    @Override
    public void close() {
        synchronized (this) {
            this.closed = true;
            notifyAll();
        }

        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
