package dev.lockstep.driver.report;

import dev.lockstep.worker.safetensors.NamedValues;
import java.util.List;
import java.util.function.Supplier;

/** Tells several listeners, in order. */
public record Listeners(List<RunListener> all) implements RunListener {
    public Listeners {
        all = List.copyOf(all);
    }

    public static Listeners of(RunListener... listeners) {
        return new Listeners(List.of(listeners));
    }

    @Override
    public void started(Start start) {
        all.forEach(listener -> listener.started(start));
    }

    @Override
    public void step(Step step) {
        all.forEach(listener -> listener.step(step));
    }

    @Override
    public void epoch(Epoch epoch) {
        all.forEach(listener -> listener.epoch(epoch));
    }

    @Override
    public void monitor(Monitor monitor) {
        all.forEach(listener -> listener.monitor(monitor));
    }

    @Override
    public void saving(long step) {
        all.forEach(listener -> listener.saving(step));
    }

    @Override
    public void saved(Saved checkpoint) {
        all.forEach(listener -> listener.saved(checkpoint));
    }

    @Override
    public void event(Event event) {
        all.forEach(listener -> listener.event(event));
    }

    @Override
    public void parameters(long step, Supplier<List<NamedValues>> values) {
        all.forEach(listener -> listener.parameters(step, values));
    }

    @Override
    public void ended(End end) {
        all.forEach(listener -> listener.ended(end));
    }
}
