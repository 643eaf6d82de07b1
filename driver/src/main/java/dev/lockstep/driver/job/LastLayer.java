package dev.lockstep.driver.job;

import dev.lockstep.driver.yaml.Setting;
import dev.lockstep.driver.yaml.YamlNode;
import java.util.Optional;

/** A last layer {@code linear} of which a job does not say how wide it is: as wide as the labels want it. */
record LastLayer(YamlNode job, int place) {
    private static final String LINEAR = "linear";

    /** Empty where the last layer is whole, or another one. */
    static Optional<LastLayer> of(YamlNode job) {
        return field(job, "model")
                .flatMap(model -> field(model, "layers"))
                .filter(YamlNode.Items.class::isInstance)
                .map(layers -> ((YamlNode.Items) layers).items())
                .filter(layers -> !layers.isEmpty() && lacksWidth(layers.get(layers.size() - 1)))
                .map(layers -> new LastLayer(job, layers.size() - 1));
    }

    private static boolean lacksWidth(YamlNode layer) {
        if (layer instanceof YamlNode.Scalar scalar) {
            return LINEAR.equals(scalar.text());
        }
        return field(layer, LINEAR)
                .filter(linear -> isEmpty(linear)
                        || linear instanceof YamlNode.Fields fields
                                && !fields.fields().containsKey("out"))
                .isPresent();
    }

    private static boolean isEmpty(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.text() == null;
    }

    private static Optional<YamlNode> field(YamlNode node, String key) {
        return node instanceof YamlNode.Fields fields
                ? Optional.ofNullable(fields.fields().get(key)).map(YamlNode.Field::value)
                : Optional.empty();
    }

    /** The job with so many of its outputs. */
    YamlNode outputs(int outputs) {
        String path = "model.layers[" + place + "].linear.out";
        return Setting.of("outputs", path, Integer.toString(outputs)).in(job);
    }
}
