package dev.lockstep.params.shard;

import dev.lockstep.optim.schedule.Progress;
import dev.lockstep.optim.update.Outcome;
import dev.lockstep.params.AbortException;
import dev.lockstep.params.AbortException.Kind;
import dev.lockstep.params.Layout;
import dev.lockstep.params.allreduce.AllReduceServer;
import dev.lockstep.params.lbfgs.EvaluationNumber;
import dev.lockstep.params.link.Traffic;
import dev.lockstep.params.member.Endpoint;
import dev.lockstep.params.member.Roster;
import dev.lockstep.params.plane.HostPlane;
import dev.lockstep.params.wire.Frame;
import dev.lockstep.params.wire.FrameType;
import dev.lockstep.params.wire.Outbox;
import dev.lockstep.params.wire.Transfer;
import dev.lockstep.params.wire.WordBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a shard does between two changes of membership: sums pushes, exchanges rounds, applies, broadcasts, answers. One
 * thread.
 *
 * <p>Without rounds each range is applied as soon as its own pushes are there; with rounds, all of a step's together.
 */
final class Generation {
    private final ShardSettings settings;
    private final Roster roster;
    private final Outbox[] workers;
    private final ServedRange[] byIndex;
    private final List<ServedRange> trained = new ArrayList<>();
    private final float[][] gradients;
    private final Map<Long, Transfer> states = new HashMap<>();
    private final NormReduction norms;
    private final AllReduceServer allReduce;
    private final VectorServer vectorServer;
    private int measured;
    private boolean stopping;

    /** @param plane the memory of this shard's host */
    Generation(ShardSettings settings, List<OwnedRange> owned, Roster roster, HostPlane plane, Endpoint endpoint) {
        this.settings = settings;
        this.roster = roster;
        this.workers = roster.workers().stream()
                .map(address -> endpoint.to(address, Traffic.VALUES))
                .toArray(Outbox[]::new);
        this.allReduce = new AllReduceServer(workers);
        int rangeCount = settings.layout().ranges().size();
        this.byIndex = new ServedRange[rangeCount];
        this.gradients = new float[rangeCount][];
        int longest =
                owned.stream().mapToInt(each -> each.range().count()).max().orElse(0);
        Workspace workspace = new Workspace(longest);
        Contributors all = Contributors.workers(workers.length);
        Contributors hosts =
                Contributors.hosts(roster.hosts(), plane, settings.rule().compression());
        for (OwnedRange each : owned) {
            int width = settings.layout().rowWidth(each.range());
            boolean dense = each.range().trained() && width == 0 && each.vectors() == null;
            ServedRange served = new ServedRange(each, width, dense ? hosts : all, workspace);
            byIndex[each.range().index()] = served;
            if (served.trained()) {
                trained.add(served);
            }
        }

        this.norms = new NormReduction(
                settings.layout(),
                settings.rule().update(),
                settings.index(),
                shard -> endpoint.to(roster.shards().get(shard), Traffic.VALUES));
        this.vectorServer = new VectorServer(trained, workers[0], settings.index(), this::show);
    }

    /** The job is to end after the next step. */
    void stop() {
        this.stopping = true;
    }

    /**
     * Takes a frame of this generation; one that does not fit is dropped, and returns false.
     *
     * @throws AbortException if the step that it completes cannot be applied
     */
    boolean take(Frame frame) {
        if (frame.type() == FrameType.SUMS || frame.type() == FrameType.ASK_SUMS) {
            return takeSums(frame);
        }
        if (frame.type() == FrameType.ALL_REDUCE) {
            return frame.member() < workers.length && frame.step() <= lastEvaluation() && allReduce.take(frame);
        }

        if (frame.type() == FrameType.COMMAND) {
            return frame.member() == 0 && vectorServer.take(frame);
        }

        ServedRange served = frame.range() < byIndex.length ? byIndex[frame.range()] : null;
        if (served == null || frame.member() >= workers.length) {
            return false;
        }

        int contributor = served.contributors().of(frame.member());
        if (contributor < 0 && frame.type() != FrameType.PULL) {
            return false;
        }

        switch (frame.type()) {
            case PUSH -> push(served, contributor, frame);
            case ASK -> send(frame.member(), served.answer(contributor, frame));
            case PULL -> send(frame.member(), state(served, frame));
            default -> {
                return false;
            }
        }

        return true;
    }

    private void push(ServedRange served, int contributor, Frame push) {
        if (served.push(contributor, push, served.trained() ? lastEvaluation() : lastStep())) {
            completed(served);
        }
    }

    /**
     * Sums what lies in the memory of this host; returns for how many ranges that was all that was missing.
     *
     * @throws AbortException if a step that it completes cannot be applied
     */
    int addHost() {
        int work = 0;
        // From the last on, as backward passes finish them.
        for (int i = trained.size() - 1; i >= 0; i--) {
            if (trained.get(i).addHost()) {
                completed(trained.get(i));
                work++;
            }
        }

        return work;
    }

    private void completed(ServedRange served) {
        if (!served.trained()) {
            served.average();
            finish(served, /* flags */ 0);
            return;
        }

        float[] gradient = served.gradient(settings.rule().divisor());
        if (served.owned().vectors() != null) {
            settings.rule().update().regularize(served.owned().state(), gradient);
            served.evaluated();
            vectorServer.advance();
            return;
        }

        gradients[served.index()] = gradient;
        if (norms.isOver()) {
            apply(served);
            return;
        }

        norms.measure(served, gradient, summing(), progress());
        this.measured++;
        advanceRounds();
    }

    private long lastStep() {
        return roster.segment().to() - 1;
    }

    private long lastEvaluation() {
        return EvaluationNumber.last(lastStep());
    }

    private boolean takeSums(Frame frame) {
        if (frame.type() == FrameType.ASK_SUMS) {
            norms.answer(frame);
        } else if (!trained.isEmpty() && frame.step() == summing()) {
            norms.receive(frame);
            advanceRounds();
        }

        return true;
    }

    private void advanceRounds() {
        while (measured == trained.size() && norms.finishRound(summing())) {
            if (norms.isOver()) {
                trained.forEach(this::apply);
                norms.clear();
                this.measured = 0;
                return;
            }

            trained.forEach(served -> norms.measure(served, gradients[served.index()], summing(), progress()));
        }
    }

    /** Asks other shards again for sums that have not come. */
    void repeat() {
        if (measured > 0 && measured == trained.size()) {
            norms.askForMissing(summing());
        }
    }

    private void apply(ServedRange served) {
        long step = served.owned().step() + 1;
        Outcome outcome = settings.rule()
                .update()
                .apply(
                        served.owned().state(),
                        gradients[served.index()],
                        norms.totals(),
                        progress(step),
                        served::changed);
        if (outcome.kind() == Outcome.Kind.REFUSED) {
            Layout layout = settings.layout();
            throw new AbortException(
                    Kind.TRAINING,
                    "Gradient is not finite: step=" + step + ", parameter="
                            + layout.parameters().get(outcome.tensor()).name()
                            + ". A smaller learning rate or clipping may help.");
        }

        finish(served, outcome.kind() == Outcome.Kind.SKIPPED ? Frame.SKIPPED : 0);
    }

    /** In an L-BFGS step, the values to evaluate next, or those that it ends with. */
    private void show(ServedRange served, int again) {
        served.answered(again == 1 ? Frame.MORE : stopping ? Frame.STOP : 0);
        broadcast(served);
    }

    private void finish(ServedRange served, int flags) {
        served.applied(served.trained() && stopping ? flags | Frame.STOP : flags);
        broadcast(served);
    }

    private void broadcast(ServedRange served) {
        Contributors to = served.contributors();
        for (int each = 0; each < to.count(); each++) {
            if (each != to.own()) {
                workers[to.worker(each)].add(served.broadcast(each, 0));
            }
        }
    }

    private Transfer state(ServedRange served, Frame pull) {
        WordBuffer words = served.owned().part(pull.part());
        boolean fits = words != null && pull.start() >= 0 && pull.start() <= words.count();
        if (!fits) {
            return null;
        }

        // One for each that can be asked for: whoever asks without end must not let an outbox grow.
        long key = ((long) pull.member() << 16 | served.index()) << 16 | pull.part();
        Transfer state = states.computeIfAbsent(
                key, unused -> new Transfer(FrameType.STATE, pull.member(), served.index(), words));
        return state.carry(words, words.count()).begin(served.owned().step(), (long) pull.part(), pull.start());
    }

    private void send(int worker, Transfer transfer) {
        if (transfer != null) {
            workers[worker].add(transfer);
        }
    }

    /** With rounds, all trained ranges stand at the same step. */
    private long summing() {
        return trained.get(0).owned().step() + 1;
    }

    private Progress progress() {
        return progress(summing());
    }

    private Progress progress(long step) {
        return new Progress(
                step - 1, roster.segment().stepsPerEpoch(), roster.segment().reductions());
    }
}
