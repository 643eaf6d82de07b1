package dev.lockstep.driver.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lockstep.losses.PredictionKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hand arithmetic. */
class OutcomeTest {
    private static final double YES = 1 / (1 + Math.exp(-0.5));

    private static double[] values(Outcome outcome, double... numbers) {
        return outcome.values(numbers, 0);
    }

    @Test
    void scoresOfClassesBecomeProbabilities() {
        Outcome outcome = new Outcome(3, 3, 3, PredictionKind.CLASS_LOGITS);
        double sum = 1 + Math.exp(-1) + Math.exp(-2);
        assertArrayEquals(
                new double[] {Math.exp(-2) / sum, 1 / sum, Math.exp(-1) / sum}, values(outcome, 998, 1000, 999), 1e-15);
        assertEquals(1, outcome.prediction(values(outcome, 998, 1000, 999), List.of()));
        assertArrayEquals(
                new double[] {0.25, 0.75},
                values(new Outcome(2, 2, 2, PredictionKind.CLASS_LOG_PROBABILITIES), Math.log(0.25), Math.log(0.75)),
                1e-15);
    }

    @Test
    void classesOfPlacesHaveProbabilitiesAtEach() {
        Outcome outcome = new Outcome(4, 0, 2, PredictionKind.CLASS_LOGITS);
        double p = 1 / (1 + Math.exp(-1));
        assertArrayEquals(new double[] {1 - p, p, p, 1 - p}, values(outcome, 0, 1, 1, 0), 1e-15);
        assertFalse(outcome.single());
    }

    @Test
    void oneScoreTellsTwoClassesApart() {
        Outcome outcome = new Outcome(1, 2, 1, PredictionKind.LOGITS);
        assertEquals(2, outcome.columns());
        assertArrayEquals(new double[] {-0.5, 0.5}, outcome.raw(new double[] {9, 0.5}, 1));
        assertArrayEquals(new double[] {1 - YES, YES}, outcome.values(new double[] {9, 0.5}, 1), 1e-15);
        assertEquals(1, outcome.prediction(values(outcome, 0.5), List.of()));
        assertEquals(0, outcome.prediction(values(outcome, -0.5), List.of()));
        Outcome sure = new Outcome(1, 2, 1, PredictionKind.PROBABILITIES);
        assertArrayEquals(new double[] {0.75, 0.25}, values(sure, 0.25));
    }

    @Test
    void estimatesComeInTheTargetsUnit() {
        assertEquals(YES, values(new Outcome(1, 0, 1, PredictionKind.LOGITS), 0.5)[0], 1e-15);
        assertEquals(Math.E, values(new Outcome(1, 0, 1, PredictionKind.LOGARITHMS), 1)[0], 1e-15);
        Outcome spread = new Outcome(2, 0, 2, PredictionKind.NUMBERS_AND_VARIANCES);
        assertEquals(7, spread.prediction(values(spread, 7, 0.1), List.of()));
        assertFalse(new Outcome(2, 0, 2, PredictionKind.NUMBERS).single());
    }

    @Test
    void aThresholdOfZeroIsAlwaysPassed() {
        Outcome outcome = new Outcome(2, 2, 2, PredictionKind.CLASS_LOGITS);
        assertEquals(0, outcome.prediction(new double[] {0.1, 0.9}, List.of(0.0, 0.5)));
        assertEquals(0, outcome.prediction(new double[] {0.4, 0.6}, List.of(0.3, 0.7)));
    }
}
