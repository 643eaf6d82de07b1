package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.worker.safetensors.SafeTensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Runs job files in a folder of their own and reads what they leave behind. */
final class Jobs {
    private Jobs() {}

    /** What a run showed and left. */
    record Ran(TrainResult result, List<RunListener.Step> steps, List<RunListener.Epoch> epochs, Path output) {
        Map<String, float[]> weights() throws IOException {
            Path file = output.resolve("model/weights.safetensors");
            try (InputStream in = Files.newInputStream(file)) {
                return SafeTensors.readAll(in, file.toString());
            }
        }

        double[] losses() {
            return steps.stream().mapToDouble(RunListener.Step::loss).toArray();
        }
    }

    static Job read(Path file, Path output, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("output=" + output);
        return JobFile.read(file, all);
    }

    static Ran run(SparkSession spark, Job job) {
        return run(spark, job, step -> {}, /* resume */ false);
    }

    static Ran run(SparkSession spark, Job job, Consumer<RunListener.Step> onStep) {
        return run(spark, job, onStep, /* resume */ false);
    }

    static Ran resume(SparkSession spark, Job job) {
        return run(spark, job, step -> {}, /* resume */ true);
    }

    /** Asks for a stop once a step has been reported. */
    static Ran stopAfter(long step, SparkSession spark, Job job) {
        Trainer[] trainer = new Trainer[1];
        Heard heard = new Heard(now -> {
            if (now.step() == step) {
                assertTrue(trainer[0].stop(), "a step is in progress");
            }
        });
        trainer[0] = new Trainer(spark, job, heard);
        return heard.ran(trainer[0].run(), job);
    }

    private static Ran run(SparkSession spark, Job job, Consumer<RunListener.Step> onStep, boolean resume) {
        Heard heard = new Heard(onStep);
        Trainer trainer = new Trainer(spark, job, heard);
        return heard.ran(resume ? trainer.resume() : trainer.run(), job);
    }

    /** Same names, same bits. */
    static boolean sameBits(Map<String, float[]> one, Map<String, float[]> other) {
        return one.keySet().equals(other.keySet())
                && one.keySet().stream().allMatch(name -> Arrays.equals(one.get(name), other.get(name)));
    }

    private static final class Heard implements RunListener {
        private final Consumer<Step> onStep;
        private final List<Step> steps = new ArrayList<>();
        private final List<Epoch> epochs = new ArrayList<>();

        Heard(Consumer<Step> onStep) {
            this.onStep = onStep;
        }

        Ran ran(TrainResult result, Job job) {
            return new Ran(result, steps, epochs, Path.of(job.output()));
        }

        @Override
        public void started(Start start) {}

        @Override
        public void step(Step step) {
            steps.add(step);
            onStep.accept(step);
        }

        @Override
        public void epoch(Epoch epoch) {
            epochs.add(epoch);
        }

        @Override
        public void ended(End end) {}
    }
}
