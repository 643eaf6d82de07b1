package dev.lockstep.driver.train;

import dev.lockstep.driver.checkpoint.CheckpointDirectory;
import dev.lockstep.params.Layout;
import java.io.IOException;
import java.util.Optional;
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

    /** @throws dev.lockstep.driver.DataException if there are checkpoints but none can be read, or they are of another network */
    Optional<RunState> newest() throws IOException {
        Optional<Path> newest = directory.newest();
        return newest.isEmpty()
                ? Optional.empty()
                : Optional.of(StateFiles.read(directory.files(), newest.get(), layout));
    }
}
