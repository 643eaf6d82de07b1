package dev.lockstep.dl4j.init;

import dev.lockstep.driver.job.OneLine;
import dev.lockstep.params.init.Draws;
import dev.lockstep.params.init.Initializer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * One of our initialisers in a network of Deeplearning4j: {@code LockstepInit.of("kaiming_normal")}. It survives
 * {@code ModelSerializer}. Immutable.
 *
 * <pre>
 *   DL4J's shape                        ours
 *   [in, out]             dense         [out, in]
 *   [in, 4 · out]         LSTM          [4 · out, in]
 *   [out, in, k, k]       convolution   the same
 * </pre>
 *
 * Fans are those of our shape, in whatever order DL4J stores it. The numbers come from our draws under a seed of ND4J's
 * random numbers, and so follow the configuration's seed; they are not those of a job file's layer under the same seed.
 */
public final class LockstepInit implements IWeightInit, Serializable {
    private final Initializer initializer;

    public LockstepInit(Initializer initializer) {
        this.initializer = initializer;
    }

    /**
     * As a job file writes it.
     *
     * @throws dev.lockstep.driver.JobFileException that says what is wrong with the text
     */
    @JsonCreator
    public static LockstepInit of(@JsonProperty("initializer") String text) {
        return new LockstepInit(OneLine.read(text, Initializer.class));
    }

    /** As {@link #of} takes it. */
    @JsonProperty("initializer")
    public String text() {
        return OneLine.write(initializer);
    }

    @Override
    public INDArray init(double fanIn, double fanOut, long[] shape, char order, INDArray paramView) {
        boolean matrix = shape.length == 2;
        long[] ours = matrix ? new long[] {shape[1], shape[0]} : shape;
        List<Integer> extents =
                Arrays.stream(ours).mapToInt(Math::toIntExact).boxed().toList();
        float[] values = new float[Math.toIntExact(paramView.length())];
        initializer.fill(extents, Draws.of(Nd4j.getRandom().nextLong(), ""), values);
        INDArray filled = Nd4j.create(values, ours, 'c');
        INDArray theirs = matrix ? filled.transpose() : filled;
        paramView.assign(Nd4j.toFlattened(order, theirs).reshape(paramView.shape()));
        return paramView.reshape(order, shape);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LockstepInit that && initializer.equals(that.initializer);
    }

    @Override
    public int hashCode() {
        return initializer.hashCode();
    }

    @Override
    public String toString() {
        return "LockstepInit(" + text() + ")";
    }
}
