package dev.lockstep.driver.train.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.checkpoint.CheckpointDirectory;
import dev.lockstep.driver.train.progress.EpochLoss;
import dev.lockstep.optim.update.LossScale;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.compress.Residual;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.worker.safetensors.NamedValues;
import dev.lockstep.worker.safetensors.SafeTensors;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
    private static final LossScale SCALE = new LossScale(32768, 17);

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

    @Test
    void whatCompressionLeftOutAndTheLossScaleAreKept() throws IOException {
        FileSystem files = FileSystem.getLocal(new Configuration());
        org.apache.hadoop.fs.Path checkpoint = new org.apache.hadoop.fs.Path(folder.toUri());
        Layout layout = Layout.of(List.of(new Parameter("weight", List.of(2))), List.of(), 1);
        RangeContents range = new RangeContents(0, 9, new float[] {1, 2}, new float[0][], new double[0]);
        Residual[] residuals = {new Residual(12, 3, new float[] {0.25f, -1}), Residual.none(2)};
        RunState state =
                new RunState(9, new RangeContents[] {range}, null, residuals, EpochLoss.NONE, null, null, 0.1, SCALE);
        JobIdentity job = new JobIdentity(Map.of(), Map.of(), Map.of());
        StateFiles.write(files, checkpoint, state, layout, job);

        RunState again = StateFiles.read(files, checkpoint, layout);
        assertEquals(SCALE, again.lossScale());
        Residual[] read = again.residuals();
        assertEquals(2, read.length);
        assertEquals(12, read[0].weight());
        assertEquals(3, read[0].workers());
        assertArrayEquals(new float[] {0.25f, -1}, read[0].values());
        assertTrue(read[1].isNone());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "2147483647", "\"two\""})
    void slotsThatAreNotThereAreDamage(String slots) throws IOException {
        FileSystem files = FileSystem.getLocal(new Configuration());
        org.apache.hadoop.fs.Path checkpoint = new org.apache.hadoop.fs.Path(folder.toUri());
        Layout layout = Layout.of(List.of(new Parameter("weight", List.of(2))), List.of(), 1);
        Files.writeString(
                folder.resolve("state.json"),
                "{\"step\": 9, \"ranges\": [{\"start\": 0, \"count\": 2, \"slots\": " + slots + ", \"scalars\": []}]}");
        try (OutputStream out = Files.newOutputStream(folder.resolve("state.safetensors"))) {
            SafeTensors.write(
                    out,
                    List.of(new NamedValues(
                            new Parameter("range.0.params", List.of(2)), FloatBuffer.wrap(new float[] {1, 2}))));
        }

        IOException damaged = assertThrows(IOException.class, () -> StateFiles.read(files, checkpoint, layout));
        assertEquals(
                "state.json has slots that state.safetensors lacks: range=0, slots=" + slots.replace("\"", "")
                        + ", arrays=1",
                damaged.getMessage());
    }
}
