package dev.lockstep.driver.dl4j;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.preprocess.Chain;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.Model;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.metric.Accuracy;
import dev.lockstep.driver.metric.Metric;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.losses.CrossEntropy;
import dev.lockstep.worker.LayeredNetwork;
import dev.lockstep.worker.NetworkSpec;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.safetensors.NamedValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A network of Deeplearning4j in our layers, with its weights.
 *
 * @param model without preprocessing, of all columns but the label
 * @param normalized whether the file has a normaliser of the data, which is not converted
 */
public record Dl4jConversion(TrainedModel model, boolean normalized) {
    /**
     * Reads what {@code ModelSerializer} wrote.
     *
     * @param shape of one example; empty for what the file says
     * @param label columns of the target, for evaluation
     * @throws DataException that names the layer and the reason if one has no counterpart
     * @throws JobFileException if the file says no shape
     */
    public static Dl4jConversion of(Path file, List<Integer> shape, List<String> label) {
        Dl4jFile source = Dl4jFile.read(file);
        List<SourceLayer> chain = SourceChain.of(source.configuration(), file.toString());
        List<Integer> input = shape.isEmpty() ? InputShape.of(chain, file.toString()) : shape;
        Translation made = new Translation(source.parameters(), input);
        chain.forEach(layer -> Kinds.convert(layer, made));
        made.requireAllTaken(file.toString());
        if (made.loss() == null) {
            throw new DataException("The network must end in a layer with a loss: file=" + file + ", last="
                    + (chain.isEmpty() ? "none" : chain.get(chain.size() - 1).kind()));
        }
        return new Dl4jConversion(model(made, input, label), source.normalized());
    }

    private static TrainedModel model(Translation made, List<Integer> input, List<String> label) {
        LayeredNetwork network = new LayeredNetwork(new NetworkSpec(made.layers()), input);
        boolean classes = made.loss() instanceof CrossEntropy;
        List<Metric> metrics = classes ? List.of(new Accuracy()) : List.of();
        ModelFile file = new ModelFile(
                Model.layers(made.layers().toArray(Layer[]::new)),
                input,
                Features.ALL,
                label,
                Chain.NONE,
                made.loss(),
                metrics,
                classes ? network.outputShape().get(0) : 0);
        return new TrainedModel(file, List.of(weights(network, made.values())));
    }

    private static Weights weights(LayeredNetwork network, Map<String, float[]> values) {
        Weights weights = Weights.zeros(network);
        for (NamedValues tensor : weights.tensors()) {
            float[] from = values.get(tensor.parameter().name());
            if (from != null) {
                tensor.values().put(from).rewind();
            }
        }
        return weights;
    }
}
