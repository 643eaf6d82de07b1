package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.metric.Accuracy;
import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.Loss;
import dev.lockstep.optim.Adam;
import dev.lockstep.optim.Sgd;
import dev.lockstep.optim.schedule.ReduceLrOnPlateau;
import dev.lockstep.params.compress.Bf16;
import dev.lockstep.params.compress.Threshold;
import dev.lockstep.params.compress.TopK;
import dev.lockstep.worker.Device;
import dev.lockstep.worker.Precision;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Linear;
import dev.lockstep.worker.layer.LogSoftmax;
import dev.lockstep.worker.layer.Sigmoid;
import dev.lockstep.worker.layer.Softmax;
import java.util.List;
import org.junit.jupiter.api.Test;

class CautionsTest {
    @Test
    void aSoundJobNeedsNone() {
        assertEquals(List.of(), JobTest.job().cautions());
        assertEquals(List.of(), job(new CrossEntropy(), new Linear(3)).cautions());
    }

    @Test
    void aPlateauWithoutValidationGoesByTheTrainingLoss() {
        assertCaution(
                job(new CrossEntropy(), new Linear(3)).schedule(new ReduceLrOnPlateau()), "training loss instead");
    }

    @Test
    void metricsWithoutValidationAreNeverMeasured() {
        assertCaution(job(new CrossEntropy(), new Linear(3)).metrics(new Accuracy()), "metrics=1");
    }

    @Test
    void moreWorkersThanExamplesInABatchAreIdle() {
        assertCaution(job(new CrossEntropy(), new Linear(3)).train(new Train(1, 4).workers(5)), "train.workers=5");
    }

    @Test
    void whatTheLossComputesItselfIsNamed() {
        assertCaution(job(new CrossEntropy(), new Linear(3), new Softmax(1)), "last layer=softmax, loss=cross_entropy");
        assertCaution(job(new CrossEntropy(), new Linear(3), new LogSoftmax(1)), "last layer=log_softmax");
        assertCaution(
                job(new BceWithLogits(), new Linear(1), new Sigmoid()), "last layer=sigmoid, loss=bce_with_logits");
        assertEquals(
                List.of(),
                job(new BceWithLogits(), new Linear(3), new Softmax(1)).cautions());
    }

    @Test
    void halfPrecisionIsSlowOnTheCpu() {
        Job job = job(new CrossEntropy(), new Linear(3));
        Train half = new Train(1, 4).precision(Precision.FP16);
        assertCaution(job.train(half), "train.precision=fp16, train.device=cpu");
        assertEquals(List.of(), job.train(half.device(Device.CUDA)).cautions());
        assertEquals(
                List.of(), job.train(new Train(1, 4).precision(Precision.BF16)).cautions());
    }

    @Test
    void whatComesLateMeetsMomentumBadly() {
        Job job = job(new CrossEntropy(), new Linear(3));
        Job late = job.optimizer(new Optimization(new Sgd(0.1, 0.9, 0, 0, false, false)));
        assertCaution(late.train(new Train(1, 4).compression(new TopK(0.05))), "train.compression=top_k, momentum=0.9");
        assertCaution(
                late.train(new Train(1, 4).compression(new Threshold())), "train.compression=threshold, momentum=0.9");
        assertEquals(
                List.of(), late.train(new Train(1, 4).compression(new Bf16())).cautions());
        assertEquals(
                List.of(),
                job.optimizer(new Optimization(new Sgd(0.1)))
                        .train(new Train(1, 4).compression(new TopK(0.05)))
                        .cautions());
    }

    private static void assertCaution(Job job, String part) {
        assertEquals(1, job.cautions().size(), job.cautions()::toString);
        assertTrue(job.cautions().get(0).contains(part), job.cautions()::toString);
    }

    private static Job job(Loss loss, Layer... layers) {
        return Job.of(
                new Data(new Source("digits.csv")).label("label"),
                Model.layers(layers),
                loss,
                new Adam(),
                new Train(20, 64));
    }
}
