package dev.lockstep.driver.train.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.checkpoint.CheckpointDirectory;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    Path folder;

    @Test
    void whoBeginsAnewIsToldOfWhatIsThere() throws IOException {
        URI dir = folder.resolve("checkpoints").toUri();
        Layout layout = Layout.of(List.of(new Parameter("weight", List.of(2))), List.of(), 1);
        Checkpoints checkpoints = new Checkpoints(
                new CheckpointDirectory(new org.apache.hadoop.fs.Path(dir), 2, new Configuration()),
                layout,
                /* job */ null,
                /* lease */ null);
        assertTrue(checkpoints.earlier().isEmpty());

        Files.createDirectories(folder.resolve("checkpoints/step-9"));
        Files.createDirectories(folder.resolve("checkpoints/step-16"));
        assertEquals(
                "There are checkpoints of an earlier run, up to step 16. This run begins anew, and its first checkpoint replaces"
                        + " them; with --resume it would go on from them. dir=file:" + folder.resolve("checkpoints"),
                checkpoints.earlier().orElseThrow());
    }
}
