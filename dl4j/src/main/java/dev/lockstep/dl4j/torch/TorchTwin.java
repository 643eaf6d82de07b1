package dev.lockstep.dl4j.torch;

import dev.lockstep.dl4j.net.Net;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.dl4j.Dl4jTwin;
import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** What libtorch computes in place of a network's layers, and what of its last layer Deeplearning4j still does. */
public record TorchTwin(Dl4jTwin layers, ILossFunction loss, IActivation activation) implements Serializable {
    /**
     * The twin of a network.
     *
     * @param example extents of one example's features
     * @throws JobFileException that names the layer and the reason if it has none
     */
    public static TorchTwin of(Net net, List<Integer> example) {
        int parameters = Math.toIntExact(net.model().numParams());
        Dl4jTwin layers;
        try {
            layers = Dl4jTwin.of(net.configuration(), parameters, example);
        } catch (DataException e) {
            throw new JobFileException(
                    e.getMessage() + ". Without libtorch(true) Deeplearning4j computes such a network itself.", e);
        }

        Layer last = net.layers()[net.layers().length - 1].conf().getLayer();
        return last instanceof BaseOutputLayer output
                ? new TorchTwin(layers, output.getLossFn(), output.getActivationFn())
                : new TorchTwin(layers, ((LossLayer) last).getLossFn(), ((LossLayer) last).getActivationFn());
    }
}
