package dev.lockstep.params.link.aeron;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * How a media driver's thread rests: it backs off to sleeps of 4 ms, or of 1 ms once frames leave the machine, because
 * nothing wakes it when one is to be sent or comes. Frames within the machine do not need it to move, and each waking
 * costs a worker's core time.
 */
final class DriverIdle implements IdleStrategy {
    private final IdleStrategy near = backoff(4);
    private final IdleStrategy far = backoff(1);
    private volatile boolean leavesMachine;

    private static IdleStrategy backoff(int mostMs) {
        return new BackoffIdleStrategy(10, 20, TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(mostMs));
    }

    /** There is a link to another machine. Thread-safe. */
    void leavesMachine() {
        this.leavesMachine = true;
    }

    private IdleStrategy current() {
        return leavesMachine ? far : near;
    }

    @Override
    public void idle(int work) {
        current().idle(work);
    }

    @Override
    public void idle() {
        current().idle();
    }

    @Override
    public void reset() {
        current().reset();
    }
}
