package dev.lockstep.driver.job;

import dev.lockstep.driver.average.Averaging;
import dev.lockstep.optim.schedule.Progress;
import java.util.ArrayList;
import java.util.List;

/** Whether a job can be that of an ensemble: as far as it is known before the number of steps is. */
final class EnsembleChecks {
    private EnsembleChecks() {}

    static List<Flaw> of(Job job) {
        List<Flaw> flaws = new ArrayList<>();
        if (job.ensemble() == null) {
            return flaws;
        }
        try {
            Averaging.of(job.objective());
        } catch (IllegalArgumentException e) {
            flaws.add(new Flaw("ensemble", "does not suit the loss: " + e.getMessage()));
        }
        if (job.ensemble() instanceof Ensemble.Snapshots) {
            snapshots(job, flaws);
        }
        return flaws;
    }

    private static void snapshots(Job job, List<Flaw> flaws) {
        // With so many steps in an epoch every cycle that could come has come.
        long most = job.schedule().cycles(new Progress(Integer.MAX_VALUE, 1));
        if (most == 0) {
            flaws.add(new Flaw(
                    "ensemble",
                    "of snapshots needs a schedule with cycles, as cosine_annealing_warm_restarts: schedule="
                            + job.schedule()));
        }
        if (job.train().earlyStopping() != null) {
            flaws.add(new Flaw(
                    "train.early_stopping",
                    "does not go with snapshots, which are kept at the end of cycles: ensemble=" + job.ensemble()));
        }
    }
}
