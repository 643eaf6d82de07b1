package dev.lockstep.driver.train.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.report.RunListener.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverfittingTest {
    private final List<String> warnings = new ArrayList<>();
    private final Overfitting overfitting = new Overfitting(/* stopsEarly */ false, warnings::add);

    private void epoch(int epoch, double training, double validation) {
        overfitting.epoch(new Epoch(epoch, 10L * epoch, training, Map.of("loss", validation), 1));
    }

    /** @param validation of epoch 1, 2 and so on; the training loss falls all the time */
    private void epochs(double... validation) {
        for (int i = 0; i < validation.length; i++) {
            epoch(i + 1, 1.0 / (i + 1), validation[i]);
        }
    }

    @Test
    void warnsWithFiguresWhenTheLossesPart() {
        epochs(0.9, 0.6, 0.625, 0.65);
        assertEquals(List.of(), warnings);

        epoch(5, 0.2, 0.7);
        assertEquals(
                List.of("The network overfits: from epoch 2 to 5 the training loss fell from 0.5000 to 0.2000 and the"
                        + " validation loss rose from 0.6000 to 0.7000. train.early_stopping would keep the best epoch;"
                        + " more data, dropout or regularization may help."),
                warnings);
    }

    @Test
    void doesNotAdviseWhatIsDoneAlready() {
        Overfitting stopping = new Overfitting(/* stopsEarly */ true, warnings::add);
        for (int i = 1; i < 6; i++) {
            stopping.epoch(new Epoch(i, 10L * i, 1.0 / i, Map.of("loss", 0.5 + i / 10.0), 1));
        }

        assertEquals(1, warnings.size());
        assertTrue(
                warnings.get(0).endsWith(" to 0.9000. More data, dropout or regularization may help."),
                warnings.get(0));
    }

    @Test
    void warnsOnce() {
        epochs(0.6, 0.7, 0.8, 0.9, 1.0, 1.1);
        assertEquals(1, warnings.size());
    }

    @Test
    void keepsQuietWhileTheValidationLossFallsNowAndThen() {
        epochs(0.6, 0.7, 0.8, 0.79, 0.9, 1.0, 0.99);
        assertEquals(List.of(), warnings);
    }

    @Test
    void keepsQuietWhenTheTrainingLossRisesToo() {
        for (int epoch = 1; epoch < 6; epoch++) {
            epoch(epoch, epoch, epoch);
        }
        assertEquals(List.of(), warnings);
    }

    @Test
    void keepsQuietOverARiseThatMayBeChance() {
        epochs(0.6, 0.601, 0.602, 0.603);
        assertEquals(List.of(), warnings);
    }

    @Test
    void seesTheRiseOfALossBelowZero() {
        epochs(-0.9, -0.8, -0.7, -0.6);
        assertEquals(1, warnings.size());
    }

    @Test
    void countsAnEpochThatIsRepeatedOnce() {
        epochs(0.6, 0.7, 0.8);
        epoch(2, 0.5, 0.7);
        epoch(3, 0.4, 0.8);
        assertEquals(List.of(), warnings);

        epoch(4, 0.3, 0.9);
        assertEquals(1, warnings.size());
    }

    @Test
    void keepsQuietWithoutValidationData() {
        for (int epoch = 1; epoch < 6; epoch++) {
            overfitting.epoch(new Epoch(epoch, epoch, 1.0 / epoch, Map.of(), 1));
        }
        assertEquals(List.of(), warnings);
    }

    @Test
    void keepsQuietOverNaN() {
        epochs(0.6, 0.7, Double.NaN, 0.9, 1.0, 1.1);
        assertEquals(List.of(), warnings);
    }
}
