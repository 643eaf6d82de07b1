package dev.lockstep.dl4j.net;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Forward and backward through a network in place of its own layers. One thread. */
@FunctionalInterface
public interface Propagation {
    /**
     * Writes the gradient of the sum over some examples, without regularization.
     *
     * @param mask of labels; null for none
     * @param parameters the flat ones
     * @param gradient the flat one, overwritten
     * @return the sum of the losses
     */
    double run(INDArray input, INDArray labels, INDArray mask, INDArray parameters, INDArray gradient);
}
