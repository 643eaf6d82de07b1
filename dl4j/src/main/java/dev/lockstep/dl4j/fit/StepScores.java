package dev.lockstep.dl4j.fit;

import dev.lockstep.dl4j.net.Net;
import dev.lockstep.params.member.StepListener;
import dev.lockstep.params.member.StepReport;
import java.util.List;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * Tells listeners of each step as it is done, with the score of its whole batch. Each step once, even if the job begins
 * again. Thread-safe.
 */
public final class StepScores implements StepListener {
    private final Net net;
    private final List<TrainingListener> listeners;
    private final FitTimes times;
    private final int before;
    private long done;
    private boolean ended;
    private double last = Double.NaN;
    private RuntimeException failure;

    public StepScores(Net net, List<TrainingListener> listeners, FitTimes times) {
        this.net = net;
        this.listeners = List.copyOf(listeners);
        this.times = times;
        this.before = net.iterations();
    }

    @Override
    public synchronized void onStep(StepReport report) {
        if (report.step() <= done || failure != null || ended) {
            return;
        }

        done = report.step();
        last = report.lossSum() / report.weight();
        times.add(report);
        net.score(last);
        if (!listeners.isEmpty()) {
            tell((int) (before + done - 1), (int) report.weight());
        }
    }

    private void tell(int iteration, int examples) {
        net.count(iteration, net.epochs());
        net.lastBatch(examples);
        try {
            listeners.forEach(listener -> listener.iterationDone(net.model(), iteration, net.epochs()));
        } catch (RuntimeException e) {
            // The thread that tells is not the listener's to end.
            failure = e;
        }
    }

    /** Nobody is told any more, and the network counts again from where the fit began. */
    synchronized void end() {
        ended = true;
        if (!listeners.isEmpty()) {
            net.count(before, net.epochs());
            net.lastBatch(0);
        }
    }

    /** The score of the last batch. */
    synchronized double last() {
        if (failure != null) {
            throw failure;
        }
        return last;
    }
}
