package dev.lockstep.dl4j.net;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A chain of layers that something else computes. All that is done with the gradient is Deeplearning4j's own. */
@SuppressWarnings("overrides") // Deeplearning4j's own, of a method with a variable number of arguments
final class PropagatedLayers extends MultiLayerNetwork {
    private static final long serialVersionUID = 1;

    private final transient Propagation propagation;

    PropagatedLayers(MultiLayerConfiguration configuration, Propagation propagation) {
        super(configuration);
        this.propagation = propagation;
    }

    @Override
    public void computeGradientAndScore() {
        double sum = propagation.run(
                getInput(), getLabels(), getOutputLayer().getMaskArray(), params(), getFlattenedGradients());
        if (gradient == null) {
            gradient = Parts.gradient(getFlattenedGradients(), Parts.of(this));
        }
        double loss = conf().isMiniBatch() ? sum / batchSize() : sum;
        setScore(loss + calcRegularizationScore(/* backpropOnlyParams */ true));
    }
}
