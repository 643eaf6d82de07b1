package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.report.Listeners;
import dev.lockstep.driver.report.tensorboard.EventFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;

/** What a run leaves for TensorBoard, on a disk and in a real HDFS, which runs in this process. */
@Tag("spark")
class TensorBoardTest {
    private static final String JOB =
            """
            name: small
            data: {train: {format: random, options: {examples: 40, seed: 3}}, validation: 0.2, shape: [3]}
            model: {layers: [linear: 4, tanh, linear: 2]}
            loss: cross_entropy
            optimizer: adam
            metrics: [accuracy]
            train: {epochs: 3, batch: 8, workers: 2, seed: 5}
            monitor: {every: 4 steps}
            tensorboard: true
            """;

    @TempDir
    private Path folder;

    private Job job(String output, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("output=" + output);
        return JobFile.read(Files.writeString(folder.resolve("job.yaml"), JOB), all);
    }

    @Test
    void figuresHistogramsAndTheJobAreThere() throws IOException {
        Jobs.Ran ran =
                Jobs.run(LocalSpark.session(), job(folder.resolve("out").toString(), "checkpoint.every=2 epochs"));
        List<Event> events = EventFiles.read(folder.resolve("out/tensorboard"));

        assertEquals(12, steps(events, "step/loss").size());
        assertEquals(List.of(4L, 8L, 12L), steps(events, "validation/accuracy"));
        assertEquals(List.of(4L, 8L, 12L), steps(events, "gradients/1 (tanh)"));
        assertEquals(List.of(8L, 12L), steps(events, "parameters/0.weight"));
        assertEquals(
                floats(ran.losses()),
                floats(events.stream()
                        .flatMap(event -> event.getSummary().getValueList().stream())
                        .filter(value -> value.getTag().equals("step/loss"))
                        .mapToDouble(Summary.Value::getSimpleValue)
                        .toArray()));

        Jobs.Ran plain =
                Jobs.run(LocalSpark.session(), job(folder.resolve("plain").toString(), "tensorboard=false"));
        assertTrue(Jobs.sameBits(ran.weights(), plain.weights()));
        assertFalse(Files.exists(folder.resolve("plain/tensorboard")));
    }

    @Test
    void aRunInHdfsHasThemThere() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        MiniDFSCluster cluster =
                new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        try {
            cluster.waitActive();
            FileSystem files = cluster.getFileSystem();
            Job job = job(files.getUri() + "/runs/small");
            TrainResult result = new Trainer(LocalSpark.session(), job, Listeners.of()).run();
            assertEquals(TrainResult.Status.DONE, result.status());

            FileStatus[] found = files.listStatus(new org.apache.hadoop.fs.Path("/runs/small/tensorboard"));
            assertEquals(1, found.length);
            List<Event> events = EventFiles.events(files.open(found[0].getPath()));
            assertEquals(12, steps(events, "step/loss").size());
            // Without checkpoints the model at the end is all that the driver has.
            assertEquals(List.of(12L), steps(events, "parameters/2.bias"));
        } finally {
            cluster.shutdown();
        }
    }

    private static List<Long> steps(List<Event> events, String tag) {
        TreeMap<Long, Integer> steps = new TreeMap<>();
        for (Event event : events) {
            for (Summary.Value value : event.getSummary().getValueList()) {
                if (value.getTag().equals(tag)) {
                    steps.merge(event.getStep(), 1, Integer::sum);
                }
            }
        }
        assertTrue(steps.values().stream().allMatch(count -> count == 1), steps::toString);
        return List.copyOf(steps.keySet());
    }

    private static List<Float> floats(double[] values) {
        List<Float> floats = new ArrayList<>();
        for (double value : values) {
            floats.add((float) value);
        }
        return floats;
    }
}
