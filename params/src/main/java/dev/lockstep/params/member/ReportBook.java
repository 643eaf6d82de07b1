package dev.lockstep.params.member;

import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.wire.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the workers' reports together step by step. Takes each worker's in the order of steps, and each once. One
 * thread.
 */
final class ReportBook {
    private final StepListener listener;
    private final List<ArrayDeque<WorkerReport>> waiting = new ArrayList<>();
    private final List<List<Float>> layerStats = new ArrayList<>();
    private final long[] last;
    private long reported;

    /** @param before the step before the first that will be reported */
    ReportBook(int workers, long before, StepListener listener) {
        this.listener = listener;
        this.last = new long[workers];
        this.reported = before;
        for (int worker = 0; worker < workers; worker++) {
            waiting.add(new ArrayDeque<>());
            layerStats.add(new ArrayList<>());
            last[worker] = before;
        }
    }

    /**
     * Returns false if it is not the piece that comes next: an earlier one was lost, or this one came twice, or there
     * is no room.
     */
    boolean add(Report piece) {
        if (!listener.hasRoom()) {
            return false;
        }

        int worker = piece.worker();
        List<Float> soFar = layerStats.get(worker);
        if (piece.step() != last[worker] + 1 || piece.start() != soFar.size()) {
            return false;
        }
        soFar.addAll(piece.report().layerStats());
        if (soFar.size() < piece.total()) {
            return true;
        }

        last[worker]++;
        waiting.get(worker).add(piece.report().layerStats(soFar));
        soFar.clear();
        while (waiting.stream().noneMatch(ArrayDeque::isEmpty)) {
            this.reported++;
            listener.onStep(new StepReport(
                    reported, waiting.stream().map(ArrayDeque::remove).toList()));
        }

        return true;
    }

    /** The last step that one worker has reported. */
    long last(int worker) {
        return last[worker];
    }

    /** The last step that all workers have reported. */
    long reported() {
        return reported;
    }
}
