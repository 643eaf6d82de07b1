package dev.lockstep.driver.train;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Ensemble;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.model.MemberFolders;
import dev.lockstep.optim.schedule.Progress;
import dev.lockstep.optim.schedule.Schedule;
import org.apache.hadoop.fs.Path;

/** The ends of a schedule's cycles, at which a run keeps a member of its ensemble. */
record SnapshotPlan(Job job, Schedule schedule, SegmentPlan segments) {
    /** Whether a cycle ends in the epoch that ends after {@code step}, and the ensemble is to have a member of it. */
    boolean keeps(long step) {
        return job.ensemble() instanceof Ensemble.Snapshots && cycles(step) > cycles(step - segments.stepsPerEpoch());
    }

    /** Refuses to begin where the run has fewer cycles than snapshots are wanted. */
    void require() {
        if (job.ensemble() instanceof Ensemble.Snapshots wanted) {
            long kept = 0;
            for (int epoch = 1; epoch <= segments.epochs(); epoch++) {
                kept += keeps((long) epoch * segments.stepsPerEpoch()) ? 1 : 0;
            }
            if (kept < wanted.count()) {
                throw new JobFileException(
                        "ensemble.snapshots must be at most the epochs in which a cycle ends: snapshots="
                                + wanted.count() + ", epochs with the end of a cycle=" + kept);
            }
        }
    }

    /** Where the member of the cycle goes that ends in the epoch that ends after {@code step}. */
    Path folder(long step) {
        return MemberFolders.model(job.output(), cycles(step));
    }

    private long cycles(long step) {
        return schedule.cycles(new Progress(step, segments.stepsPerEpoch()));
    }
}
