package dev.lockstep.driver.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Mse;
import dev.lockstep.losses.PoissonNll;
import dev.lockstep.losses.TripletMargin;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricRefusalTest {
    private static void assertRefused(String message, Metric metric, Loss loss, int columns) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> metric.requireFits(loss, columns));
        assertEquals(message, refusal.getMessage());
    }

    @Test
    void classesAreNotReadFromOtherPredictions() {
        for (Metric metric : List.of(new Accuracy(), new TopK(2), new F1(), new Auc(), new ConfusionMatrix())) {
            String name = Metrics.nameOf(metric);
            String rule = " needs predictions that tell classes: loss=";
            assertRefused(name + rule + "triplet_margin, columns=8", metric, new TripletMargin(), 8);
            assertRefused(name + rule + "poisson_nll, columns=1", metric, new PoissonNll(), 1);
        }
    }

    @Test
    void numbersAreNotReadFromScores() {
        for (Metric metric : List.of(new Mae(), new Rmse(), new R2())) {
            String name = Metrics.nameOf(metric);
            assertRefused(
                    name + " needs predictions that estimate the targets: loss=cross_entropy, columns=10",
                    metric,
                    new CrossEntropy(),
                    10);
        }
    }

    @Test
    void aucNeedsTwoClasses() {
        String message = "auc needs two classes, as one score or one for each: loss=";
        assertRefused(message + "cross_entropy, columns=3", new Auc(), new CrossEntropy(), 3);
        assertRefused(message + "bce_with_logits, columns=2", new Auc(), new BceWithLogits(), 2);
    }

    @Test
    void topKNeedsSeveralClasses() {
        String message = "top_k needs a score for each of several classes: loss=";
        assertRefused(message + "bce_with_logits, columns=5", new TopK(2), new BceWithLogits(), 5);
        assertRefused(message + "mse, columns=1", new TopK(2), new Mse(), 1);
        assertEquals(
                "k must be at least 1: k=0",
                assertThrows(IllegalArgumentException.class, () -> new TopK(0)).getMessage());
    }

    @Test
    void aBinaryAverageNeedsTwoClasses() {
        assertRefused(
                "precision with average: binary needs two classes; macro, micro or weighted takes any number: "
                        + "loss=cross_entropy, columns=3",
                new Precision(Average.BINARY, null),
                new CrossEntropy(),
                3);
    }

    @Test
    void aConfusionMatrixNeedsAFewClassesThatExcludeOneAnother() {
        assertRefused(
                "confusion_matrix needs classes that exclude one another: loss=bce_with_logits, columns=4",
                new ConfusionMatrix(),
                new BceWithLogits(),
                4);
        assertRefused(
                "confusion_matrix needs at most 1000 classes: loss=cross_entropy, columns=1001",
                new ConfusionMatrix(),
                new CrossEntropy(),
                1001);
    }
}
