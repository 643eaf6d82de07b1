package dev.lockstep.driver.train;

import dev.lockstep.driver.checkpoint.CheckpointDirectory;
import dev.lockstep.params.Layout;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;

/** The states of one run that were saved. */
final class Checkpoints {
    private final CheckpointDirectory directory;
    private final Layout layout;

    Checkpoints(CheckpointDirectory directory, Layout layout) {
        this.directory = directory;
        this.layout = layout;
    }

    void write(RunState state) throws IOException {
        directory.write(state.step(), (files, folder) -> StateFiles.write(files, folder, state, layout));
    }

    /** What to tell somebody who begins a run where another one has left checkpoints; empty where there are none. */
    Optional<String> earlier() throws IOException {
        OptionalLong step = directory.latestStep();
        return step.isEmpty()
                ? Optional.empty()
                : Optional.of("There are checkpoints of an earlier run, up to step " + step.getAsLong()
                        + ". This run begins anew, and its first checkpoint replaces them; with --resume it would go on from them. dir="
                        + directory.folder());
    }

    /** @throws dev.lockstep.driver.DataException if there are checkpoints but none can be read, or they are of another network */
    Optional<RunState> newest() throws IOException {
        Optional<Path> newest = directory.newest();
        return newest.isEmpty()
                ? Optional.empty()
                : Optional.of(StateFiles.read(directory.files(), newest.get(), layout));
    }
}
