package dev.lockstep.worker;

import dev.lockstep.losses.LossSum;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.check.LossSurface;
import dev.lockstep.worker.layer.ParameterInit;
import java.nio.DoubleBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * The loss of a share in training mode: batch statistics take part, dropout drops the same values at every evaluation.
 */
final class TorchLossSurface implements LossSurface {
    private final List<ParameterInit> inits;
    private final TorchReplica replica;
    private final Examples share;
    private final long seed;
    private final double[] firstBuffers;

    /** @param replica in float64; closed with this */
    TorchLossSurface(Network network, TorchReplica replica, Examples share, long seed) {
        this.inits = network.parameters();
        this.replica = replica;
        this.share = share;
        this.seed = seed;
        DoubleBuffer buffers = replica.bufferVector().doubles();
        this.firstBuffers = new double[buffers.capacity()];
        buffers.get(firstBuffers);
    }

    @Override
    public List<Parameter> parameters() {
        return replica.parameters();
    }

    @Override
    public DoubleBuffer values() {
        return replica.parameterVector().doubles();
    }

    @Override
    public boolean isTrained(int parameter, int value) {
        return inits.get(parameter).isTrained(value);
    }

    @Override
    public double loss() {
        return computed(() -> replica.lossInTraining(share, seed)).sum();
    }

    @Override
    public double[] gradient() {
        computed(() -> replica.train(share, seed, NoSink.NO_SINK));
        DoubleBuffer gradient = replica.gradientVector().doubles();
        double[] copy = new double[gradient.capacity()];
        gradient.get(copy);
        return copy;
    }

    /** Buffers change with every step in training mode. What libtorch refuses here, it accepts in float32. */
    private LossSum computed(Supplier<LossSum> pass) {
        replica.bufferVector().doubles().put(firstBuffers);
        try {
            return pass.get();
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "The network does not compute in float64: reason=" + Tensors.reason(e), e);
        }
    }

    @Override
    public void close() {
        replica.close();
    }
}
