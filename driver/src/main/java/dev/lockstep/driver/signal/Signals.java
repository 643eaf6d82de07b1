package dev.lockstep.driver.signal;

import dev.lockstep.worker.layer.LayerInfo;
import dev.lockstep.worker.layerstats.LayerFigures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The signals of a network's layers, in the order in which they hand on.
 *
 * @param forwardFactor by which activations change from one layer with weights to the next; 1 if there is no trend
 * @param backwardFactor by which gradients change from one to the one before; 1 if there is no trend
 */
public record Signals(List<LayerSignal> layers, double forwardFactor, double backwardFactor) {
    private static final double MANY_SATURATED = 0.25;
    private static final double MANY_DEAD = 0.5;

    public Signals {
        layers = List.copyOf(layers);
    }

    /** @param figures one entry per layer */
    public static Signals of(List<LayerInfo> layers, List<LayerFigures> figures) {
        List<Integer> hidden = hidden(layers);
        Trend forwards = Trend.of(deviations(hidden, figures, LayerFigures::activation));
        List<Integer> upwards = new ArrayList<>(hidden);
        Collections.reverse(upwards);
        Trend backwards = Trend.of(deviations(upwards, figures, LayerFigures::gradient));

        int head = hidden.isEmpty() ? layers.size() : lastWeighted(layers);
        List<LayerSignal> signals = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            LayerFigures own = figures.get(i);
            boolean within = i < head && !hidden.isEmpty() && i >= hidden.get(0);
            signals.add(new LayerSignal(
                    layers.get(i).name(),
                    own,
                    forwards(own).or(within ? forwards.verdict(own.activation()) : Verdict.SOUND),
                    backwards(own, within ? backwards : null)));
        }
        return new Signals(signals, forwards.factor(), backwards.factor());
    }

    /**
     * Indices of the layers with weights, without the last: its width is the target's, so that its standard deviation
     * does not continue the trend of the others.
     */
    private static List<Integer> hidden(List<LayerInfo> layers) {
        List<Integer> hidden = new ArrayList<>();
        for (int i = 0; i < lastWeighted(layers); i++) {
            if (layers.get(i).weighted()) {
                hidden.add(i);
            }
        }

        return hidden;
    }

    private static int lastWeighted(List<LayerInfo> layers) {
        int last = layers.size() - 1;
        while (last >= 0 && !layers.get(last).weighted()) {
            last--;
        }

        return last;
    }

    private static List<Double> deviations(
            List<Integer> layers, List<LayerFigures> figures, ToDoubleFunction<LayerFigures> deviation) {
        return layers.stream()
                .map(layer -> deviation.applyAsDouble(figures.get(layer)))
                .toList();
    }

    private static Verdict forwards(LayerFigures own) {
        Verdict saturated = own.saturated() >= MANY_SATURATED ? Verdict.SATURATED : Verdict.SOUND;
        Verdict dead = own.dead() >= MANY_DEAD ? Verdict.DEAD : Verdict.SOUND;
        return Band.verdict(own.activation()).or(saturated).or(dead);
    }

    /** @param trend null outside the layers that it is of */
    private static Verdict backwards(LayerFigures own, Trend trend) {
        if (!own.trained()) {
            return null;
        }
        Verdict verdict = Band.verdict(own.gradient());
        return trend == null ? verdict : verdict.or(trend.verdict(own.gradient()));
    }

    /** The worst verdict on activations, over all layers. */
    public Verdict forwards() {
        return layers.stream().map(LayerSignal::forwards).reduce(Verdict.SOUND, Verdict::or);
    }

    /** The worst verdict on gradients, over the layers that take one. */
    public Verdict backwards() {
        return layers.stream()
                .map(LayerSignal::backwards)
                .filter(verdict -> verdict != null)
                .reduce(Verdict.SOUND, Verdict::or);
    }
}
