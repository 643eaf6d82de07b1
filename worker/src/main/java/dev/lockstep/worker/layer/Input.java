package dev.lockstep.worker.layer;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One of several inputs of a network: some of an example's numbers and columns of categories. With layers these stand
 * side by side and become one; without layers the numbers, and the vectors of each column, go on by themselves.
 *
 * @param name a step of the path in {@code state_dict}
 * @param numbers places among the numbers
 * @param categories places among the columns of categories
 * @param width of vectors that this input alone has; 0 for those that all inputs share
 */
public record Input(String name, List<Integer> numbers, List<Integer> categories, int width, List<Layer> layers)
        implements Serializable {
    private static final String EMBEDDINGS = "embeddings";
    private static final String INPUTS = "inputs";

    public Input {
        numbers = List.copyOf(numbers);
        categories = List.copyOf(categories);
        layers = List.copyOf(layers);
        if (width < 0) {
            throw new IllegalArgumentException("width must be at least 0: width=" + width);
        }
        if (numbers.isEmpty() && categories.isEmpty()) {
            throw new IllegalArgumentException("An input must be of something: input=" + name);
        }
    }

    /** Where vectors that all inputs share are declared. */
    static Scope shared(Scope network) {
        return network.within(EMBEDDINGS);
    }

    boolean shares() {
        return width == 0;
    }

    /**
     * What it gives.
     *
     * @param shape of all numbers
     * @param keys of the tables that inputs share
     */
    List<Party> parties(List<Integer> shape, List<CategoryTable> tables, int[] keys, Scope network) {
        List<Party> parties = new ArrayList<>();
        if (!numbers.isEmpty()) {
            int all = shape.stream().reduce(1, Math::multiplyExact);
            boolean whole = numbers.size() == all && categories.isEmpty();
            parties.add(new Numbers("numbers", numbers, whole ? shape : List.of(numbers.size())));
        }
        Scope own = network.within(INPUTS).within(name.isEmpty() ? "0" : name);
        for (int place : categories) {
            CategoryTable table = tables.get(place);
            parties.add(
                    shares()
                            ? new Embedded(table.name(), table, place, List.of(EMBEDDINGS), keys[place])
                            : embedded(table.width(width), place, own));
        }
        return layers.isEmpty() ? parties : List.of(layered(parties, own));
    }

    private Embedded embedded(CategoryTable table, int place, Scope own) {
        int key = table.declare(own.within(EMBEDDINGS));
        return new Embedded(table.name(), table, place, List.of(INPUTS, name, EMBEDDINGS), key);
    }

    private Layered layered(List<Party> parties, Scope own) {
        List<Integer> input = parties.size() == 1 ? parties.get(0).shape() : List.of(width(parties));
        return new Layered(name, parties, layers, List.of(INPUTS, name), input, Stack.unit(layers, input, own));
    }

    private static int width(List<Party> parties) {
        return parties.stream().mapToInt(party -> party.shape().get(0)).reduce(0, Math::addExact);
    }
}
