package dev.lockstep.params.client;

import dev.lockstep.params.Layout;
import dev.lockstep.params.Range;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.member.Endpoint;
import dev.lockstep.params.member.Roster;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.Part;
import dev.lockstep.params.wire.Words;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a worker and the shards of one generation send each other. One thread at a time. */
public final class ShardTraffic {
    private final Layout layout;
    private final Roster roster;
    private final int worker;
    private final WorkerMemory memory;
    private final Outbox[] shards;
    private final Phase trained;
    private final Phase buffers;
    private final Addition addition;
    private final Guide guide;
    private final Readiness readiness;
    private final LeavingRows[] leaving;
    private final List<Fetch> fetches = new ArrayList<>();

    ShardTraffic(WorkerSettings settings, Roster roster, WorkerMemory memory, Endpoint endpoint) {
        this.layout = settings.layout();
        this.roster = roster;
        this.worker = settings.index();
        this.memory = memory;
        this.shards = roster.shards().stream()
                .map(address -> endpoint.to(address, Traffic.VALUES))
                .toArray(Outbox[]::new);
        this.leaving = new LeavingRows[layout.trained().size()];
        this.trained = new Phase(0, layout.trained().stream().map(this::trained).toList());
        this.buffers = new Phase(
                layout.trained().size(),
                layout.bufferRanges().stream().map(this::buffer).toList());
        this.addition = new Addition(worker, shards[0]);
        this.guide = new Guide(worker, layout, shards);
        this.readiness = new Readiness(layout);
    }

    private Passage trained(Range range) {
        int width = layout.rowWidth(range);
        Outbox shard = shards[range.shard()];
        if (width > 0) {
            leaving[range.index()] = new LeavingRows(range, width, memory.gradient());
            return new Passage(worker, range, null, new ArrivingRows(range, width, memory.values()), shard);
        }

        return new Passage(worker, range, words(memory.gradient(), range), values(memory.values(), range), shard);
    }

    private Passage buffer(Range range) {
        Words own = words(memory.bufferValues(), range);
        return new Passage(worker, range, own, values(memory.bufferValues(), range), shards[range.shard()]);
    }

    private static Words words(FloatBuffer vector, Range range) {
        return Words.of(vector, range.start(), range.count());
    }

    private static Arrival values(FloatBuffer vector, Range range) {
        return new ArrivingValues(words(vector, range));
    }

    public void begin(long step, double weight) {
        readiness.clear();
        trained.begin(step, weight);
    }

    /** A gradient is finished; pushes the ranges that are whole with it. */
    public void ready(int parameter) {
        for (int range : readiness.ready(parameter)) {
            if (leaving[range] != null) {
                throw new IllegalStateException("Gradient of a sparse parameter comes without its rows: parameter="
                        + layout.parameters().get(parameter).name());
            }
            if (readiness.isWhole(range)) {
                trained.passage(range).push();
            }
        }
    }

    /** The gradient of a sparse parameter is finished; pushes these rows of it. */
    public void ready(int parameter, int[] rows) {
        for (int range : readiness.ready(parameter)) {
            trained.passage(range).push(leaving[range].of(rows));
        }
    }

    public void empty(long step) {
        trained.begin(step, 0);
        trained.pushNothing();
    }

    public void average(long step, boolean counts) {
        buffers.begin(step, counts ? 1 : 0);
        if (counts) {
            buffers.pushAll();
        } else {
            buffers.pushNothing();
        }
    }

    /** The sum over all workers that this one waits for in the middle of a step. */
    public Addition addition() {
        return addition;
    }

    /** Commands of the worker that guides the steps. */
    Guide guide() {
        return guide;
    }

    /** The gradient and the values of a step. */
    public Phase trained() {
        return trained;
    }

    public Phase buffers() {
        return buffers;
    }

    /** Asks for the values of all ranges; the shards of trained ones must stand at the step before the segment. */
    public void pull() {
        long step = roster.segment().before();
        for (Range range : layout.ranges()) {
            FloatBuffer into = range.trained() ? memory.values() : memory.bufferValues();
            fetch(range, Part.PARAMS, words(into, range)).expect(range.trained() ? step : Fetch.ANY_STEP);
        }
    }

    /** Whether nothing that was asked for is missing. */
    public boolean isFetched() {
        return fetches.isEmpty();
    }

    Fetch fetch(Range range, int part, Words into) {
        Fetch fetch = new Fetch(worker, range, part, into);
        fetches.add(fetch);
        shards[range.shard()].add(fetch.pull());
        return fetch;
    }

    /** Takes a shard's frame; returns false if it is not one that was waited for. */
    boolean take(Frame frame) {
        return switch (frame.type()) {
            case BROADCAST -> phase(frame) != null && phase(frame).arrive(frame);
            case NEED -> phase(frame) != null && phase(frame).need(frame);
            case STATE -> arrive(frame);
            case TOTAL -> addition.arrive(frame);
            case RESULT -> guide.arrive(frame);
            default -> false;
        };
    }

    private Phase phase(Frame frame) {
        return trained.covers(frame.range()) ? trained : buffers.covers(frame.range()) ? buffers : null;
    }

    private boolean arrive(Frame state) {
        boolean taken = false;
        for (int i = 0; i < fetches.size() && !taken; i++) {
            taken = fetches.get(i).arrive(state);
            if (taken && fetches.get(i).complete()) {
                fetches.remove(i);
            }
        }

        return taken;
    }

    /** Asks again for all that has not come. */
    void repeat() {
        trained.ask();
        buffers.ask();
        addition.repeat();
        guide.repeat();
        fetches.forEach(fetch -> shards[fetch.range().shard()].add(fetch.pull()));
    }

    /** What has not come, and how the links to the shards do, for messages. */
    String describe() {
        StringBuilder text = new StringBuilder();
        if (!addition.isOver()) {
            text.append(addition.describe());
        } else if (!guide.isOver()) {
            text.append(guide.describe());
        } else if (!trained.isOver()) {
            text.append("step=").append(trained.step()).append(", missing=").append(trained.missing());
        } else if (!buffers.isOver()) {
            text.append("buffers of step=")
                    .append(buffers.step())
                    .append(", missing=")
                    .append(buffers.missing());
        } else {
            text.append("state of ranges=")
                    .append(fetches.stream().map(fetch -> fetch.range().index()).toList());
        }

        text.append(", links=");
        for (int shard = 0; shard < shards.length; shard++) {
            text.append(shard == 0 ? "[" : "; ").append(shards[shard].link().describe());
        }

        return text.append("]").toString();
    }
}
