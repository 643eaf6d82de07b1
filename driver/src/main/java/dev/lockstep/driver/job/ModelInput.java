package dev.lockstep.driver.job;

import dev.lockstep.losses.NumberChecks;
import dev.lockstep.worker.layer.Layer;
import java.io.Serializable;
import java.util.List;

/**
 * One of several inputs of a network.
 *
 * @param of columns, ranges of them, {@link #NUMBERS} for all features and {@link #CATEGORIES} for all categories
 * @param size of vectors for categories that this input alone has; null for those that inputs share
 * @param layers what makes one vector of all that; empty to hand on each by itself
 */
public record ModelInput(List<String> of, Integer size, List<Layer> layers) implements Serializable {
    public static final String NUMBERS = "numbers";
    public static final String CATEGORIES = "categories";

    public ModelInput {
        of = List.copyOf(of);
        layers = List.copyOf(layers);
        if (of.isEmpty()) {
            throw new IllegalArgumentException("of must name a column: of=[]");
        }
        if (size != null) {
            NumberChecks.requirePositive("size", size);
        }
    }

    /** Of all that there is. */
    public ModelInput() {
        this(List.of(NUMBERS, CATEGORIES), null, List.of());
    }

    public static ModelInput of(String... columns) {
        return new ModelInput(List.of(columns), null, List.of());
    }

    public ModelInput size(int changed) {
        return new ModelInput(of, changed, layers);
    }

    public ModelInput layers(Layer... changed) {
        return new ModelInput(of, size, List.of(changed));
    }
}
