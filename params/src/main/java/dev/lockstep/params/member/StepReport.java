package dev.lockstep.params.member;

import dev.lockstep.params.PushedBytes;
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

    /** What is added to the loss, in worker order. */
    public double regularization() {
        return workers.stream().mapToDouble(WorkerReport::regularization).reduce(0, Double::sum);
    }

    /** Of the gradient of all workers; NaN where the shards do not tell. */
    public double gradientNorm() {
        return workers.get(0).gradientNorm();
    }

    public boolean skipped() {
        return workers.stream().anyMatch(WorkerReport::skipped);
    }

    /** The parameter nearest to the output whose gradient is not finite in a worker's share; -1 for none. */
    public int nonFinite() {
        return workers.stream().mapToInt(WorkerReport::nonFinite).max().orElse(-1);
    }

    /** To other hosts, by all leaders. */
    public PushedBytes pushed() {
        return workers.stream().map(WorkerReport::pushed).reduce(PushedBytes.NONE, PushedBytes::plus);
    }

    public long examples() {
        return workers.stream().mapToLong(WorkerReport::examples).sum();
    }
}
