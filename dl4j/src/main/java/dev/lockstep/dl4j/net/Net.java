package dev.lockstep.dl4j.net;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** A network of Deeplearning4j of either kind, by what training needs of it. One thread. */
public interface Net {
    /** @throws IllegalArgumentException if it is neither a MultiLayerNetwork nor a ComputationGraph */
    static Net of(Model model) {
        if (model instanceof MultiLayerNetwork layers) {
            return new MultiLayerNet(layers);
        }
        if (model instanceof ComputationGraph graph) {
            return new GraphNet(graph);
        }
        throw new IllegalArgumentException("Network must be a MultiLayerNetwork or a ComputationGraph: type="
                + (model == null ? null : model.getClass().getName()));
    }

    /** The network itself. */
    Model model();

    Layer[] layers();

    /** What it consists of, as JSON. */
    String configuration();

    /** All that is trained, and what its layers keep beside it, in the order of the flat vectors. */
    List<Part> parts();

    /** What the updaters remember, in one flat vector; live, null where they remember nothing. */
    INDArray updaterState();

    /** How often its parameters were updated. */
    int iterations();

    int epochs();

    /** Goes on counting from here. */
    void count(int iterations, int epochs);

    /** Of the last examples that it was trained on. */
    void score(double score);

    /**
     * Lets it say how many examples its last batch had, though it has seen none of them: listeners ask its input or
     * labels for that, and its gradient for what there is none of.
     *
     * @param examples 0 forgets it
     */
    void lastBatch(int examples);

    /**
     * What the score of a share adds to that of its batch, times the batch's examples. A score is a mean, or a sum
     * where the network is told that gradients are; what regularization adds to it counts once in either case.
     *
     * @param count examples of the share that the network has just seen
     * @param whole examples of the batch
     */
    default double lossSum(int count, int whole) {
        double score = model().score();
        if (model().conf().isMiniBatch()) {
            return score * count;
        }

        double added = Arrays.stream(layers())
                .mapToDouble(layer -> layer.calcRegularizationScore(/* backpropOnlyParams */ true))
                .sum();
        return (score - added) * whole + added * count;
    }

    /** After how many time steps a sequence is cut for the backward pass; 0 where it is not. */
    int cutAfter();

    /** From now on {@link #fit} updates by the gradient that {@code sum} makes of its own. */
    void sumBy(GradientSum sum, INDArray updaterState);

    /** Trains on some examples as Deeplearning4j does it: one update, or one for each piece of cut sequences. */
    void fit(MultiDataSet examples);

    /** Forward and backward, for networks of one input and one output; leaves parameters as they are. */
    void computeGradient(INDArray input, INDArray labels);

    /** Forward, not in training, for networks of one input and one output. */
    INDArray output(INDArray input);
}
