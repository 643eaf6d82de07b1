package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.data.LocalSpark;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.report.RunListener;
import dev.lockstep.optim.update.LossScale;
import dev.lockstep.optim.update.LossScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training in 16 bits learns what it learns in 32, and its loss scale is the same for all and outlives a stop. */
@Tag("spark")
class PrecisionTest {
    /** Overflows at once, and grows into an overflow again and again. */
    private static final String[] RESTLESS = {
        "train.precision=fp16", "train.loss_scale={init_scale: 1073741824, growth_interval: 4}"
    };

    private static final LossScaling RULE = new LossScaling(1 << 30, 2, 0.5, 4);

    @TempDir
    static Path folder;

    @BeforeAll
    static void writeJob() throws IOException {
        Files.writeString(
                folder.resolve("job.yaml"),
                """
                data:
                  train: {path: %s, format: digits, options: {examples: 2000, seed: 7}}
                  validation: {fraction: 0.25}
                  shape: [784]
                  preprocess: [standardize]
                model:
                  layers: [linear: 64, relu, linear: 10]
                loss: cross_entropy
                optimizer: {adam: {lr: 0.005}}
                train: {epochs: 4, batch: 50, workers: 2, seed: 9}
                metrics: [accuracy]
                checkpoint: {every: 7 steps, keep: 2}
                """
                        .formatted(folder.resolve("digits")));
    }

    private static Job job(String output, String... settings) {
        return Jobs.read(folder.resolve("job.yaml"), folder.resolve(output), settings);
    }

    private static double accuracy(Jobs.Ran run) {
        return run.epochs().get(run.epochs().size() - 1).validation().get("accuracy");
    }

    @Test
    void sixteenBitsLearnWithinAPointOfThirtyTwo() throws IOException {
        Jobs.Ran wide = Jobs.run(LocalSpark.session(), job("float32"));
        Jobs.Ran bf16 = Jobs.run(LocalSpark.session(), job("bf16", "train.precision=bf16"));
        Jobs.Ran fp16 = Jobs.run(LocalSpark.session(), job("fp16", "train.precision=fp16"));

        assertTrue(accuracy(wide) > 0.8, "accuracy=" + accuracy(wide));
        assertEquals(accuracy(wide), accuracy(bf16), 0.01);
        assertEquals(accuracy(wide), accuracy(fp16), 0.01);
        assertFalse(Jobs.sameBits(wide.weights(), bf16.weights()));
        assertFalse(Jobs.sameBits(wide.weights(), fp16.weights()));
    }

    @Test
    void theSameJobTwiceGivesTheSameBits() throws IOException {
        for (String precision : List.of("bf16", "fp16")) {
            String setting = "train.precision=" + precision;
            Jobs.Ran one = Jobs.run(LocalSpark.session(), job(precision + "-1", setting, "train.epochs=1"));
            Jobs.Ran two = Jobs.run(LocalSpark.session(), job(precision + "-2", setting, "train.epochs=1"));
            assertTrue(Jobs.sameBits(one.weights(), two.weights()), precision);
        }
    }

    @Test
    void theScaleOfEveryStepFollowsFromTheStepsThatWereSkipped() {
        Jobs.Ran run = Jobs.run(LocalSpark.session(), job("restless", RESTLESS));

        LossScale expected = RULE.start();
        for (RunListener.Step step : run.steps()) {
            assertEquals(expected.scale(), step.lossScale().orElseThrow(), "step=" + step.step());
            assertEquals(step.skipped().isEmpty(), step.gradientNorm().isPresent());
            expected = expected.after(step.skipped().isPresent(), RULE);
        }
        assertTrue(run.steps().get(0).skipped().isPresent());
        long grown =
                skipped(run.steps().subList(run.steps().size() / 2, run.steps().size()));
        assertTrue(grown > 0, "the scale grew into an overflow again");
        long counted =
                run.epochs().stream().mapToLong(RunListener.Epoch::skipped).sum();
        assertEquals(skipped(run.steps()), counted);
        assertTrue(accuracy(run) > 0.75, "accuracy=" + accuracy(run));
    }

    private static long skipped(List<RunListener.Step> steps) {
        return steps.stream().filter(step -> step.skipped().isPresent()).count();
    }

    @Test
    void aRunThatWasStoppedGoesOnWithItsScaleBitForBit() throws IOException {
        Jobs.Ran straight = Jobs.run(LocalSpark.session(), job("straight", RESTLESS));
        Job job = job("stopped", RESTLESS);
        Jobs.Ran stopped = Jobs.stopAfter(33, LocalSpark.session(), job);
        Jobs.Ran resumed = Jobs.resume(LocalSpark.session(), job);

        double scale = resumed.steps().get(0).lossScale().orElseThrow();
        assertNotEquals(RULE.initScale(), scale);
        int done = (int) stopped.result().steps();
        assertEquals(straight.steps().get(done).lossScale().orElseThrow(), scale);
        assertTrue(Jobs.sameBits(straight.weights(), resumed.weights()));
    }
}
