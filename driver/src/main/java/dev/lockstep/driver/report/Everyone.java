package dev.lockstep.driver.report;

import java.util.List;

/** Tells several listeners, in order. */
public record Everyone(List<RunListener> listeners) implements RunListener {
    public Everyone {
        listeners = List.copyOf(listeners);
    }

    @Override
    public void started(Start start) {
        listeners.forEach(listener -> listener.started(start));
    }

    @Override
    public void step(Step step) {
        listeners.forEach(listener -> listener.step(step));
    }

    @Override
    public void epoch(Epoch epoch) {
        listeners.forEach(listener -> listener.epoch(epoch));
    }

    @Override
    public void ended(End end) {
        listeners.forEach(listener -> listener.ended(end));
    }
}
