package dev.lockstep.dl4j.net;

import dev.lockstep.params.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Trainable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What is said of a flat vector's parts by the layers, or vertices, in their order in it. */
final class Ordered {
    private Ordered() {}

    static List<Parameter> parameters(Trainable... layers) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < layers.length; i++) {
            String layer =
                    layers[i].getConfig() == null ? null : layers[i].getConfig().getLayerName();
            for (Map.Entry<String, INDArray> each : table(layers[i]).entrySet()) {
                List<Integer> shape = Arrays.stream(each.getValue().shape())
                        .mapToObj(Math::toIntExact)
                        .toList();
                parameters.add(new Parameter((layer == null ? i : layer) + "_" + each.getKey(), shape));
            }
        }
        return parameters;
    }

    /** Those parts of a flat gradient that Deeplearning4j does not divide by the number of examples. */
    static List<INDArray> means(INDArray gradient, Trainable... layers) {
        INDArray flat = gradient.reshape(gradient.length());
        List<INDArray> means = new ArrayList<>();
        long start = 0;
        for (Trainable layer : layers) {
            for (Map.Entry<String, INDArray> each : table(layer).entrySet()) {
                long end = start + each.getValue().length();
                if (!layer.updaterDivideByMinibatch(each.getKey())) {
                    means.add(flat.get(NDArrayIndex.interval(start, end)));
                }
                start = end;
            }
        }
        return means;
    }

    /** Layers without parameters have no table, or an empty one. */
    private static Map<String, INDArray> table(Trainable layer) {
        Map<String, INDArray> table = layer.paramTable(/* backpropOnly */ false);
        return table == null ? Map.of() : table;
    }
}
