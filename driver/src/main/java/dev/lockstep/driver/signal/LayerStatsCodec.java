package dev.lockstep.driver.signal;

import dev.lockstep.worker.layerstats.Fp16Fit;
import dev.lockstep.worker.layerstats.Fp16Shares;
import dev.lockstep.worker.layerstats.LayerFigures;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures as they travel with a worker's report: ten numbers for each layer, a gradient of −1 where none is wanted.
 */
public final class LayerStatsCodec {
    private static final int OF_LAYER = 10;
    private static final float UNTRAINED = -1;

    private LayerStatsCodec() {}

    public static List<Float> packed(List<LayerFigures> layers) {
        List<Float> numbers = new ArrayList<>();
        for (LayerFigures layer : layers) {
            numbers.add((float) layer.activation());
            numbers.add((float) layer.saturated());
            numbers.add((float) layer.dead());
            numbers.add(layer.trained() ? (float) layer.gradient() : UNTRAINED);
            pack(layer.fp16().activations(), numbers);
            pack(layer.fp16().gradients(), numbers);
        }
        return numbers;
    }

    private static void pack(Fp16Shares shares, List<Float> numbers) {
        numbers.add((float) shares.infinite());
        numbers.add((float) shares.zero());
        numbers.add((float) shares.subnormal());
    }

    /** Undoes {@link #packed}, to float32. */
    public static List<LayerFigures> unpacked(List<Float> numbers) {
        List<LayerFigures> layers = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i += OF_LAYER) {
            List<Float> own = numbers.subList(i, i + OF_LAYER);
            boolean trained = own.get(3) != UNTRAINED;
            layers.add(new LayerFigures(
                    own.get(0),
                    own.get(1),
                    own.get(2),
                    trained,
                    trained ? own.get(3) : Double.NaN,
                    new Fp16Fit(shares(own.subList(4, 7)), shares(own.subList(7, OF_LAYER)))));
        }
        return layers;
    }

    private static Fp16Shares shares(List<Float> numbers) {
        return new Fp16Shares(numbers.get(0), numbers.get(1), numbers.get(2));
    }
}
