package dev.lockstep.driver.train;

import dev.lockstep.driver.job.Checkpoint;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.report.Listeners;
import dev.lockstep.driver.report.MetricsLog;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.driver.report.tensorboard.TensorBoardLog;
import dev.lockstep.driver.storage.OutputLease;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The rights to what a run writes to: its output and the place of its checkpoints, which may be one folder. Either may
 * be missing, and then nothing is written there.
 */
final class RunPlaces implements AutoCloseable {
    private final Optional<OutputLease> output;
    private final Optional<OutputLease> checkpoints;

    private RunPlaces(Optional<OutputLease> output, Optional<OutputLease> checkpoints) {
        this.output = output;
        this.checkpoints = checkpoints;
    }

    /** @throws dev.lockstep.driver.JobFileException if another run writes there */
    static RunPlaces take(Job job, Configuration hadoop) {
        Optional<OutputLease> output =
                Optional.ofNullable(job.output()).map(folder -> OutputLease.take(new Path(folder), hadoop));
        boolean taken = false;
        try {
            // The second may be the first, taken again.
            Optional<OutputLease> checkpoints = ofCheckpoints(job)
                    .or(() -> output.map(OutputLease::folder))
                    .map(folder -> OutputLease.take(folder, hadoop));
            taken = true;
            return new RunPlaces(output, checkpoints);
        } finally {
            if (!taken) {
                output.ifPresent(OutputLease::close);
            }
        }
    }

    /** Where the job wants its checkpoints, if it says so. */
    private static Optional<Path> ofCheckpoints(Job job) {
        return Optional.ofNullable(job.checkpoint()).map(Checkpoint::dir).map(Path::new);
    }

    /** Empty where there is no place for checkpoints. */
    Optional<OutputLease> checkpoints() {
        return checkpoints;
    }

    /** Refuses to write to an output that somebody else has taken in the meantime. */
    void requireHeld() throws IOException {
        if (output.isPresent()) {
            output.get().requireHeld();
        }
    }

    /** The listener, and before it the files of metrics where there is an output. */
    Telling telling(Job job, Configuration hadoop, RunListener listener) throws IOException {
        if (output.isEmpty()) {
            return new Telling(listener, null, null);
        }
        Path folder = output.get().folder();
        MetricsLog log = new MetricsLog(folder, hadoop);
        if (!job.tensorboard()) {
            return new Telling(Listeners.of(log, listener), log, null);
        }
        TensorBoardLog events = new TensorBoardLog(folder, hadoop);
        return new Telling(Listeners.of(log, events, listener), log, events);
    }

    /** Whom a run tells, and the files among them; null where there are none. */
    record Telling(RunListener listener, MetricsLog log, TensorBoardLog events) implements AutoCloseable {
        @Override
        public void close() {
            try {
                if (events != null) {
                    events.close();
                }
            } finally {
                if (log != null) {
                    log.close();
                }
            }
        }
    }

    @Override
    public void close() {
        checkpoints.ifPresent(OutputLease::close);
        output.ifPresent(OutputLease::close);
    }
}
