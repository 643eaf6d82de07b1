package dev.lockstep.dl4j.net;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes of the gradient of one share of a batch that of the whole batch. */
@FunctionalInterface
public interface GradientSum {
    /**
     * Replaces a share's gradient in place.
     *
     * @param gradient the flat one; that of the sum over the share's examples
     * @param means those parts of it that are means over the share whatever its size, such as moves of batch
     *     normalization's statistics; live views
     * @return examples of the whole batch
     */
    int replace(INDArray gradient, List<INDArray> means);
}
