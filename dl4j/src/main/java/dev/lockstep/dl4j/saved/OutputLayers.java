package dev.lockstep.dl4j.saved;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;

/** The last layer of a network, whose loss we take over. */
final class OutputLayers {

    private OutputLayers() {}

    /**
     * Puts our loss in the place of the network's own. A softmax or sigmoid that belongs to the own loss goes with it:
     * ours, {@code cross_entropy} and {@code bce_with_logits}, have them inside.
     *
     * @throws IllegalArgumentException if the network has several inputs or outputs, or no loss
     */
    static void give(Model model, GivenLoss loss) {
        Layer last = last(model);
        if (last instanceof BaseOutputLayer output) {
            output.setActivationFn(activation(output.getActivationFn(), output.getLossFn()));
            output.setLossFn(loss);
        } else if (last instanceof LossLayer output) {
            output.setActivationFn(activation(output.getActivationFn(), output.getLossFn()));
            output.setLossFn(loss);
        } else {
            throw new IllegalArgumentException("A saved network must end in an output layer or a loss layer: last="
                    + last.getClass().getSimpleName());
        }
    }

    private static IActivation activation(IActivation own, ILossFunction loss) {
        boolean fused =
                (own instanceof ActivationSoftmax && (loss instanceof LossMCXENT || loss instanceof LossSparseMCXENT))
                        || (own instanceof ActivationSigmoid && loss instanceof LossBinaryXENT);
        return fused ? new ActivationIdentity() : own;
    }

    private static Layer last(Model model) {
        if (model instanceof MultiLayerNetwork layers) {
            return layers.getOutputLayer().conf().getLayer();
        }
        ComputationGraph graph = (ComputationGraph) model;
        if (graph.getNumInputArrays() != 1 || graph.getNumOutputArrays() != 1) {
            throw new IllegalArgumentException("A saved graph must have one input and one output: inputs="
                    + graph.getNumInputArrays() + ", outputs=" + graph.getNumOutputArrays());
        }
        return graph.getOutputLayer(0).conf().getLayer();
    }
}
