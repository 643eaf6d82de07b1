package dev.lockstep.params.client;

import dev.lockstep.params.Layout;
import dev.lockstep.params.PushedBytes;
import dev.lockstep.params.Range;
import dev.lockstep.params.allreduce.AllReduce;
import dev.lockstep.params.compress.Residual;
import dev.lockstep.params.lbfgs.VectorClient;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.member.Endpoint;
import dev.lockstep.params.member.Roster;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.Part;
import dev.lockstep.params.wire.RowList;
import dev.lockstep.params.wire.WordBuffer;
import java.nio.ByteBuffer;
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
    private final Leftovers leftovers;
    private final PushedWords pushed = new PushedWords();
    private final RangeRound trained;
    private final RangeRound buffers;
    private final AllReduce allReduce;
    private final VectorClient vectors;
    private final Readiness readiness;
    private final RowSender[] rowSenders;
    private final RangeExchange[] rowExchanges;
    private final List<Fetch> fetches = new ArrayList<>();
    private double weight;
    private boolean hasPushed;

    ShardTraffic(WorkerSettings settings, Roster roster, WorkerMemory memory, Endpoint endpoint) {
        this.layout = settings.layout();
        this.roster = roster;
        this.worker = settings.index();
        this.memory = memory;
        this.shards = roster.shards().stream()
                .map(address -> endpoint.to(address, Traffic.VALUES))
                .toArray(Outbox[]::new);
        this.rowSenders = new RowSender[layout.trained().size()];
        this.rowExchanges = new RangeExchange[rowSenders.length];
        this.leftovers = new Leftovers(
                settings.rule(),
                layout,
                memory.gradient(),
                roster.hosts().workersOf(roster.hosts().hostOf(worker)).size());
        HostExchanges near = settings.commanded()
                ? null
                : new HostExchanges(worker, memory.seat(), roster.hosts(), leftovers, pushed);
        this.trained = new RangeRound(
                0, layout.trained().stream().map(range -> trained(range, near)).toList());
        this.buffers = new RangeRound(
                layout.trained().size(),
                layout.bufferRanges().stream().map(this::buffer).toList());
        this.allReduce = new AllReduce(worker, shards[0]);
        this.vectors = new VectorClient(worker, layout, shards);
        this.readiness = new Readiness(layout);
    }

    private Exchange trained(Range range, HostExchanges near) {
        int width = layout.rowWidth(range);
        Outbox shard = shards[range.shard()];
        if (width > 0) {
            rowSenders[range.index()] = new RowSender(range, width, memory.gradient());
            RowReceiver receiver = new RowReceiver(range, width, memory.values());
            rowExchanges[range.index()] = new RangeExchange(worker, range, null, receiver, shard);
            return rowExchanges[range.index()];
        }
        if (near != null) {
            return near.of(range, shard);
        }

        return new RangeExchange(worker, range, words(memory.gradient(), range), values(memory.values(), range), shard);
    }

    private RangeExchange buffer(Range range) {
        WordBuffer own = words(memory.bufferValues(), range);
        return new RangeExchange(worker, range, own, values(memory.bufferValues(), range), shards[range.shard()]);
    }

    private static WordBuffer words(FloatBuffer vector, Range range) {
        return WordBuffer.of(vector, range.start(), range.count());
    }

    private static Receiver values(FloatBuffer vector, Range range) {
        return new ValueReceiver(words(vector, range));
    }

    public void begin(long step, double ofWeight) {
        this.weight = ofWeight;
        this.hasPushed = false;
        readiness.clear();
        pushed.clear();
        trained.begin(step, weight);
    }

    /** A gradient is finished; pushes the ranges that are whole with it, and returns whether there is one. */
    public boolean ready(int parameter) {
        boolean pushes = false;
        for (int range : readiness.ready(parameter)) {
            if (rowSenders[range] != null) {
                throw new IllegalStateException("Gradient of a sparse parameter comes without its rows: parameter="
                        + layout.parameters().get(parameter).name());
            }
            if (readiness.isWhole(range)) {
                leftovers.addTo(layout.trained().get(range), weight);
                trained.exchange(range).push();
                pushes = true;
            }
        }

        this.hasPushed |= pushes;
        return pushes;
    }

    /** The gradient of a sparse parameter is finished; pushes these rows of it. */
    public void ready(int parameter, int[] rows) {
        for (int range : readiness.ready(parameter)) {
            RowList list = rowSenders[range].of(rows);
            rowExchanges[range].push(list.words(), list.length());
            this.hasPushed = true;
        }
    }

    /** Whether a gradient of the step is on its way. */
    boolean hasPushed() {
        return hasPushed;
    }

    public void empty(long step) {
        this.hasPushed = false;
        pushed.clear();
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

    /** Goes on with what compression left out of the gradients of earlier segments. */
    public void restore(Residual residual) {
        leftovers.restore(residual);
    }

    /** What compression has left out until now. */
    public Residual residual() {
        return leftovers.save();
    }

    /** What went to other hosts in this step. */
    public PushedBytes pushed() {
        return pushed.bytes();
    }

    /** The sum over all workers that this one waits for in the middle of a step. */
    public AllReduce allReduce() {
        return allReduce;
    }

    /** Commands of the worker that runs L-BFGS. */
    VectorClient vectors() {
        return vectors;
    }

    /** The gradient and the values of a step. */
    public RangeRound trained() {
        return trained;
    }

    public RangeRound buffers() {
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

    Fetch fetch(Range range, int part, WordBuffer into) {
        Fetch fetch = new Fetch(worker, range, part, into);
        fetches.add(fetch);
        shards[range.shard()].add(fetch.pull());
        return fetch;
    }

    /** Takes a shard's frame; returns false if it is not one that was waited for. */
    boolean take(Frame frame) {
        return switch (frame.type()) {
            case BROADCAST -> round(frame) != null && round(frame).arrive(frame);
            case NEED -> round(frame) != null && round(frame).need(frame);
            case STATE -> arrive(frame);
            case ALL_REDUCE_RESULT -> allReduce.arrive(frame);
            case RESULT -> vectors.arrive(frame);
            default -> false;
        };
    }

    /** Where a shard's values belong of which the head has come; null if they are to come with it. */
    ByteBuffer place(Frame frame) {
        RangeRound round = frame.type() == FrameType.BROADCAST ? round(frame) : null;
        return round == null ? null : round.place(frame);
    }

    private RangeRound round(Frame frame) {
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

    /** Goes on with what others have put into the memory of this host; returns how much there was to do. */
    int advance() {
        return trained.advance();
    }

    /** Asks again for all that has not come. */
    void repeat() {
        trained.ask();
        buffers.ask();
        allReduce.repeat();
        vectors.repeat();
        fetches.forEach(fetch -> shards[fetch.range().shard()].add(fetch.pull()));
    }

    /** What has not come, and how the links to the shards do, for messages. */
    String describe() {
        StringBuilder text = new StringBuilder();
        if (!allReduce.isOver()) {
            text.append(allReduce.describe());
        } else if (!vectors.isOver()) {
            text.append(vectors.describe());
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
