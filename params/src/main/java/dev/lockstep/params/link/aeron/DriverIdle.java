package dev.lockstep.params.link.aeron;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * How a media driver's thread rests: it backs off to sleeps of 4 ms, or of 1 ms once frames leave the machine, because
 * nothing wakes it when one is to be sent or comes. Frames within the machine move without it, and each waking costs a
 * worker's core time: for these it begins with sleeps that are long beside a waking.
 */
final class DriverIdle implements IdleStrategy {
    private final IdleStrategy near =
            new BackoffIdleStrategy(0, 0, TimeUnit.MICROSECONDS.toNanos(250), TimeUnit.MILLISECONDS.toNanos(4));
    private final IdleStrategy far =
            new BackoffIdleStrategy(10, 20, TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(1));
    private volatile boolean leavesMachine;

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
