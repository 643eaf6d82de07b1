package dev.lockstep.dl4j.net;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A graph that is a chain, which something else computes. The rest is Deeplearning4j's own. */
final class PropagatedGraph extends ComputationGraph {
    private static final long serialVersionUID = 1;

    private final transient Propagation propagation;
    private transient INDArray labels;

    PropagatedGraph(ComputationGraphConfiguration configuration, Propagation propagation) {
        super(configuration);
        this.propagation = propagation;
    }

    /** The superclass shows its own to nobody. */
    @Override
    public void setLabels(INDArray... given) {
        super.setLabels(given);
        labels = given == null ? null : given[0];
    }

    @Override
    public void computeGradientAndScore() {
        INDArray[] masks = getLabelMaskArrays();
        INDArray mask = masks == null ? null : masks[0];
        double sum = propagation.run(getInput(0), labels, mask, params(), getFlattenedGradients());
        if (gradient == null) {
            gradient = Parts.gradient(getFlattenedGradients(), Parts.of(this));
        }
        double loss = conf().isMiniBatch() ? sum / batchSize() : sum;
        setScore(loss + calcRegularizationScore(/* backpropOnlyParams */ true));
    }
}
