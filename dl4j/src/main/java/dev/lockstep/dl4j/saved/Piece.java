package dev.lockstep.dl4j.saved;

import dev.lockstep.params.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One tensor in Deeplearning4j's flat vector.
 *
 * @param parameter with its extents in the order in which its values lie there, outermost first
 * @param start in the flat vector
 * @param kept whether it is not trained: statistics, and what is frozen
 * @param moves whether DL4J's gradient of it is by how much less it becomes, as that of running statistics
 */
record Piece(Parameter parameter, int start, boolean kept, boolean moves) {
    static List<Piece> of(Model model) {
        Pieces pieces = new Pieces();
        if (model instanceof ComputationGraph graph) {
            for (int index : graph.topologicalSortOrder()) {
                GraphVertex vertex = graph.getVertices()[index];
                pieces.add(vertex.getVertexName(), vertex, vertex.getLayer());
            }
        } else {
            Layer[] layers = ((MultiLayerNetwork) model).getLayers();
            for (int index = 0; index < layers.length; index++) {
                pieces.add(Integer.toString(index), layers[index], layers[index]);
            }
        }
        return pieces.found;
    }

    private static final class Pieces {
        private final List<Piece> found = new ArrayList<>();
        private int start;

        void add(String name, Trainable owner, Layer layer) {
            boolean frozen = layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop;
            Map<String, INDArray> table = owner.numParams() == 0 ? Map.of() : owner.paramTable(false);
            table.forEach((key, tensor) -> {
                boolean moves = !owner.updaterDivideByMinibatch(key);
                Parameter parameter = new Parameter(name + "." + key, extents(tensor));
                found.add(new Piece(parameter, start, frozen || moves, moves && !frozen));
                start += parameter.size();
            });
        }

        /** DL4J's matrices lie column after column, and its vectors are matrices of one row. */
        private static List<Integer> extents(INDArray tensor) {
            List<Integer> shape =
                    Arrays.stream(tensor.shape()).mapToObj(Math::toIntExact).toList();
            if (shape.size() != 2) {
                return shape;
            }
            return shape.get(0) == 1 ? shape.subList(1, 2) : List.of(shape.get(1), shape.get(0));
        }
    }
}
