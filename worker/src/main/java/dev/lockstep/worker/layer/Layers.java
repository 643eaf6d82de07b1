package dev.lockstep.worker.layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The catalogue: every layer's name in a job file. A new layer joins by one line. */
public final class Layers {
    private static final Map<String, Class<? extends Layer>> BY_NAME = catalogue();

    private Layers() {}

    public static Map<String, Class<? extends Layer>> byName() {
        return BY_NAME;
    }

    /** The name in a job file, or the class's own for a layer that is not in the catalogue. */
    static String nameOf(Layer layer) {
        return BY_NAME.entrySet().stream()
                .filter(entry -> entry.getValue() == layer.getClass())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(layer.getClass().getSimpleName());
    }

    private static Map<String, Class<? extends Layer>> catalogue() {
        Map<String, Class<? extends Layer>> layers = new LinkedHashMap<>();
        layers.put("linear", Linear.class);
        layers.put("conv1d", Conv1d.class);
        layers.put("conv2d", Conv2d.class);
        layers.put("max_pool2d", MaxPool2d.class);
        layers.put("avg_pool2d", AvgPool2d.class);
        layers.put("adaptive_avg_pool2d", AdaptiveAvgPool2d.class);
        layers.put("flatten", Flatten.class);
        layers.put("embedding", Embedding.class);
        layers.put("lstm", Lstm.class);
        layers.put("gru", Gru.class);
        layers.put("residual", Residual.class);
        layers.put("dense_block", DenseBlock.class);
        layers.put("concat", Concat.class);
        layers.put("dropout", Dropout.class);
        layers.put("dropout2d", Dropout2d.class);
        layers.put("batch_norm1d", BatchNorm1d.class);
        layers.put("batch_norm2d", BatchNorm2d.class);
        layers.put("layer_norm", LayerNorm.class);
        layers.put("instance_norm", InstanceNorm.class);
        layers.put("group_norm", GroupNorm.class);
        layers.put("local_response_norm", LocalResponseNorm.class);
        layers.put("relu", Relu.class);
        layers.put("leaky_relu", LeakyRelu.class);
        layers.put("prelu", Prelu.class);
        layers.put("elu", Elu.class);
        layers.put("selu", Selu.class);
        layers.put("gelu", Gelu.class);
        layers.put("silu", Silu.class);
        layers.put("mish", Mish.class);
        layers.put("sigmoid", Sigmoid.class);
        layers.put("scaled_sigmoid", ScaledSigmoid.class);
        layers.put("log_sigmoid", LogSigmoid.class);
        layers.put("hardsigmoid", Hardsigmoid.class);
        layers.put("tanh", Tanh.class);
        layers.put("hardtanh", Hardtanh.class);
        layers.put("softplus", Softplus.class);
        layers.put("softsign", Softsign.class);
        layers.put("softmax", Softmax.class);
        layers.put("log_softmax", LogSoftmax.class);
        layers.put("maxout", Maxout.class);
        return Collections.unmodifiableMap(layers);
    }
}
