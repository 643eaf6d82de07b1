package dev.lockstep.dl4j.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Finds the tensors of a network in the order of its flat vectors. */
final class Parts {
    private final List<Part> found = new ArrayList<>();
    private int start;

    static List<Part> of(MultiLayerNetwork network) {
        Parts parts = new Parts();
        Layer[] layers = network.getLayers();
        for (int i = 0; i < layers.length; i++) {
            parts.add(Integer.toString(i), layers[i], layers[i]);
        }
        return parts.found;
    }

    static List<Part> of(ComputationGraph graph) {
        Parts parts = new Parts();
        for (int index : graph.topologicalSortOrder()) {
            GraphVertex vertex = graph.getVertices()[index];
            parts.add(vertex.getVertexName(), vertex, vertex.getLayer());
        }
        return parts.found;
    }

    private void add(String name, Trainable owner, Layer layer) {
        if (owner.numParams() == 0) {
            return;
        }
        boolean frozen = layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop;
        for (Map.Entry<String, INDArray> each :
                owner.paramTable(/* backpropOnly */ false).entrySet()) {
            List<Integer> shape = Arrays.stream(each.getValue().shape())
                    .mapToObj(Math::toIntExact)
                    .toList();
            boolean moves = !owner.updaterDivideByMinibatch(each.getKey());
            Part part = new Part(name, each.getKey(), shape, start, frozen, moves);
            found.add(part);
            start = part.end();
        }
    }

    /** A flat gradient as updaters take it. The order within a tensor is not Deeplearning4j's, which asks for norms. */
    static Gradient gradient(INDArray flat, List<Part> parts) {
        INDArray row = flat.reshape(flat.length());
        Gradient gradient = new DefaultGradient(flat);
        for (Part part : parts) {
            INDArray values = row.get(NDArrayIndex.interval(part.start(), part.end()));
            long[] shape = part.shape().stream().mapToLong(Integer::longValue).toArray();
            gradient.setGradientFor(part.parameter().name(), values.reshape(shape));
        }
        return gradient;
    }

    /** Those of a flat gradient that Deeplearning4j does not divide by the number of examples; live views. */
    static List<INDArray> means(INDArray gradient, List<Part> parts) {
        INDArray flat = gradient.reshape(gradient.length());
        return parts.stream()
                .filter(Part::moves)
                .map(part -> flat.get(NDArrayIndex.interval(part.start(), part.end())))
                .toList();
    }
}
