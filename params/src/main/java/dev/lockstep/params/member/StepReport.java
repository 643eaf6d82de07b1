package dev.lockstep.params.member;

import dev.lockstep.params.WorkerReport;
import java.util.List;

/**
 * What all workers say of one step.
 *
 * @param workers one per worker, in worker order
 */
public record StepReport(long step, List<WorkerReport> workers) {
    public StepReport {
        workers = List.copyOf(workers);
    }

    /** Over the global batch, added in worker order. */
    public double lossSum() {
        return workers.stream().mapToDouble(WorkerReport::lossSum).reduce(0, Double::sum);
    }

    /** What a mean over the global batch divides {@link #lossSum} by, added in worker order. */
    public double weight() {
        return workers.stream().mapToDouble(WorkerReport::weight).reduce(0, Double::sum);
    }

    public long examples() {
        return workers.stream().mapToLong(WorkerReport::examples).sum();
    }
}
