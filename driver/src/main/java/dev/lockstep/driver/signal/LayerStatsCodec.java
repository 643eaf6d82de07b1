package dev.lockstep.driver.signal;

import dev.lockstep.worker.layerstats.LayerFigures;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures as they travel with a worker's report: four numbers for each layer, a gradient of −1 where none is wanted.
 */
public final class LayerStatsCodec {
    private static final int OF_LAYER = 4;
    private static final float UNTRAINED = -1;

    private LayerStatsCodec() {}

    public static List<Float> packed(List<LayerFigures> layers) {
        List<Float> numbers = new ArrayList<>();
        for (LayerFigures layer : layers) {
            numbers.add((float) layer.activation());
            numbers.add((float) layer.saturated());
            numbers.add((float) layer.dead());
            numbers.add(layer.trained() ? (float) layer.gradient() : UNTRAINED);
        }
        return numbers;
    }

    /** Undoes {@link #packed}, to float32. */
    public static List<LayerFigures> unpacked(List<Float> numbers) {
        List<LayerFigures> layers = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i += OF_LAYER) {
            boolean trained = numbers.get(i + 3) != UNTRAINED;
            layers.add(new LayerFigures(
                    numbers.get(i),
                    numbers.get(i + 1),
                    numbers.get(i + 2),
                    trained,
                    trained ? numbers.get(i + 3) : Double.NaN));
        }
        return layers;
    }
}
