package dev.lockstep.driver.train.state;

import dev.lockstep.driver.checkpoint.CheckpointDirectory;
import dev.lockstep.driver.storage.OutputLease;
import dev.lockstep.params.Layout;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** The states of one run that were saved; none where it has no place for them. */
public final class Checkpoints {
    private final CheckpointDirectory directory;
    private final Layout layout;
    private final JobIdentity job;
    private final OutputLease lease;

    /** Of a run that keeps nothing. */
    public static Checkpoints nowhere() {
        return new Checkpoints(null, null, null, null);
    }

    public Checkpoints(CheckpointDirectory directory, Layout layout, JobIdentity job, OutputLease lease) {
        this.directory = directory;
        this.layout = layout;
        this.job = job;
        this.lease = lease;
    }

    /** @param changes of the job since, as a text; empty where there are none */
    public record Saved(RunState state, String changes) {}

    /** Returns whether there is a place for it. */
    public boolean write(RunState state) throws IOException {
        if (directory == null) {
            return false;
        }
        lease.requireHeld();
        directory.write(state.step(), (files, folder) -> StateFiles.write(files, folder, state, layout, job));
        return true;
    }

    /** What to tell somebody who begins a run where another one has left checkpoints; empty where there are none. */
    public Optional<String> earlier() throws IOException {
        OptionalLong step = directory == null ? OptionalLong.empty() : directory.latestStep();
        return step.isEmpty()
                ? Optional.empty()
                : Optional.of("There are checkpoints of an earlier run, up to step " + step.getAsLong()
                        + ". This run begins anew, and its first checkpoint replaces them; with --resume it would go on from them. dir="
                        + directory.folder());
    }

    /**
     * What to tell somebody who wants to go on where nothing was saved.
     *
     * @param keeps whether the job asks for checkpoints
     */
    public String nothing(boolean keeps) {
        if (directory == null) {
            return "There is nothing to resume, as the job has neither an output nor a place for checkpoints";
        }
        return "There is nothing to resume, so the run begins at its first step: dir=" + directory.folder()
                + (keeps ? "" : ". The job keeps no checkpoints, for which it needs a section checkpoint");
    }

    /**
     * @throws dev.lockstep.driver.LockstepException if there are checkpoints but none can be read, or they are of
     *     another job
     */
    public Optional<Saved> newest() throws IOException {
        if (directory == null) {
            return Optional.empty();
        }
        return directory.newest((files, folder) -> {
            JobIdentity saved = StateFiles.job(files, folder);
            job.requireGoesOnFrom(saved, folder);
            return new Saved(StateFiles.read(files, folder, layout), job.changesSince(saved));
        });
    }
}
