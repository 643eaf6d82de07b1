package dev.lockstep.driver.dl4j;

import dev.lockstep.driver.DataException;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.NetworkSpec;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A network of Deeplearning4j in our layers, so that one can stand for the other in each step of training: it has the
 * very same parameters, and gives what the last layer hands to its activation.
 *
 * @param starts where each of its parameters begins in DL4J's flat vector, by its name
 */
public record Dl4jTwin(LayeredNetwork network, Map<String, Integer> starts) implements Serializable {
    private static final String SOURCE = "in memory";

    /**
     * The twin of a network.
     *
     * @param configuration JSON of a MultiLayerNetwork or a ComputationGraph
     * @param parameters how many it has
     * @param example extents of one example's features, as DL4J takes them
     * @throws DataException that names the layer and the reason if there is none
     */
    public static Dl4jTwin of(String configuration, int parameters, List<Integer> example) {
        List<SourceLayer> chain = SourceChain.of(Dl4jFile.json(configuration, SOURCE), SOURCE);
        Translation made = new Translation(new float[parameters], input(chain, example));
        List<Integer> input = made.shape();
        SourceLayer last = chain.get(chain.size() - 1);
        for (SourceLayer layer : chain) {
            requireSame(layer);
            if (layer == last) {
                OutputKinds.sums(layer, made);
            } else {
                Kinds.convert(layer, made);
            }
            if (made.starts().size() < made.values().size()) {
                throw layer.refusal("its parameters are stored otherwise here");
            }
        }
        made.requireAllTaken(SOURCE);
        return new Dl4jTwin(new LayeredNetwork(new NetworkSpec(made.layers()), input), Map.copyOf(made.starts()));
    }

    private static List<Integer> input(List<SourceLayer> chain, List<Integer> example) {
        if (example.size() == 2) {
            throw new DataException(
                    "Sequences cannot be converted in memory, as their steps are first here: example=" + example);
        }
        return chain.get(0).preprocessor() == null ? example : InputShape.of(chain, SOURCE);
    }

    private static void requireSame(SourceLayer layer) {
        if (layer.kind().startsWith("Frozen")) {
            throw layer.refusal("it is not trained");
        }
        if (layer.kind().equals("BatchNormalization")) {
            throw layer.refusal("its running statistics are kept otherwise here");
        }
        if (layer.has("weightNoise")) {
            throw layer.refusal("there is no noise on weights here");
        }
    }
}
