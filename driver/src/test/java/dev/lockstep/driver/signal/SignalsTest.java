package dev.lockstep.driver.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lockstep.worker.layer.LayerInfo;
import dev.lockstep.worker.layerstats.Fp16Fit;
import dev.lockstep.worker.layerstats.LayerFigures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules by which figures become verdicts. */
class SignalsTest {
    @Test
    void holdsFiguresAgainstTheBand() {
        assertEquals(Verdict.SOUND, Band.verdict(1e-6));
        assertEquals(Verdict.SOUND, Band.verdict(1e3));
        assertEquals(Verdict.VANISHING, Band.verdict(9.9e-7));
        assertEquals(Verdict.EXPLODING, Band.verdict(1001));
        assertEquals(Verdict.EXPLODING, Band.verdict(Double.NaN));
        assertEquals(Verdict.EXPLODING, Band.verdict(Double.POSITIVE_INFINITY));
        assertEquals(Verdict.DEAD, Band.verdict(0));
    }

    @Test
    void aQuarterOfSaturatedValuesAndHalfOfDeadUnitsAreMany() {
        assertEquals(Verdict.SATURATED, forwards(0.25, 0));
        assertEquals(Verdict.SOUND, forwards(0.24, 0));
        assertEquals(Verdict.DEAD, forwards(Double.NaN, 0.5));
        assertEquals(Verdict.SOUND, forwards(Double.NaN, 0.49));
    }

    private static Verdict forwards(double saturated, double dead) {
        LayerFigures figures = new LayerFigures(1, saturated, dead, true, 1, Fp16Fit.WHOLE);
        return Signals.of(List.of(layer(0, true)), List.of(figures)).forwards();
    }

    @Test
    void aLayerWithoutAGradientHasNoVerdictOnIt() {
        LayerFigures figures = new LayerFigures(1, Double.NaN, 0, /* trained */ false, Double.NaN, Fp16Fit.WHOLE);
        Signals signals = Signals.of(List.of(layer(0, false)), List.of(figures));
        assertNull(signals.layers().get(0).backwards());
        assertEquals(Verdict.SOUND, signals.backwards());
    }

    @Test
    void aGradientThatIsNotANumberExplodes() {
        LayerFigures figures = new LayerFigures(1, Double.NaN, 0, /* trained */ true, Double.NaN, Fp16Fit.WHOLE);
        assertEquals(
                Verdict.EXPLODING,
                Signals.of(List.of(layer(0, true)), List.of(figures)).backwards());
    }

    @Test
    void aFactorOfThreeQuartersOverFourLayersIsATrend() {
        assertEquals(Verdict.VANISHING, forwards(falling(0.6, 4)));
        assertEquals(Verdict.VANISHING, forwards(falling(0.72, 10)));
        assertEquals(Verdict.SOUND, forwards(falling(0.8, 10)));
        assertEquals(Verdict.SOUND, forwards(falling(0.1, 3)), "three layers are too few to tell");
        assertEquals(Verdict.EXPLODING, forwards(falling(1.5, 6)));
        assertEquals(Verdict.SOUND, forwards(falling(1.25, 6)));
    }

    @Test
    void theTrendGoesTheOtherWayBackwards() {
        Signals signals = signals(falling(1.5, 6), falling(1.5, 6));
        assertEquals(1.5, signals.forwardFactor(), 1e-12);
        assertEquals(1 / 1.5, signals.backwardFactor(), 1e-12);
        assertEquals(Verdict.VANISHING, signals.layers().get(0).backwards());
        assertEquals(Verdict.SOUND, signals.layers().get(5).backwards());
    }

    private static Verdict forwards(double[] activations) {
        return signals(activations, falling(1, activations.length)).forwards();
    }

    /** Hidden layers with weights, and a head. */
    private static Signals signals(double[] activations, double[] gradients) {
        List<LayerInfo> layers = new ArrayList<>();
        List<LayerFigures> figures = new ArrayList<>();
        for (int i = 0; i <= activations.length; i++) {
            boolean head = i == activations.length;
            layers.add(layer(i, true));
            figures.add(new LayerFigures(
                    head ? 1 : activations[i], Double.NaN, 0, true, head ? 1 : gradients[i], Fp16Fit.WHOLE));
        }
        return Signals.of(layers, figures);
    }

    private static double[] falling(double factor, int count) {
        double[] deviations = new double[count];
        for (int i = 0; i < count; i++) {
            deviations[i] = Math.pow(factor, i);
        }
        return deviations;
    }

    private static LayerInfo layer(int position, boolean weighted) {
        return new LayerInfo(position + " (linear)", List.of(1), weighted, null);
    }
}
