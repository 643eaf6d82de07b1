package dev.lockstep.driver.train;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.Range;
import dev.lockstep.params.init.InitPlan;
import dev.lockstep.params.init.Initializer;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.ParameterInit;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What a network holds before its first step: the same whatever the number of workers and shards. */
final class InitialWeights {
    private InitialWeights() {}

    /** From the job's weights file where it names one, else from its initialisation. */
    static Weights of(Job job, Network network, Configuration hadoop) throws IOException {
        Weights weights = of(network, job.init(), job.train().seed());
        if (job.model().weights() != null) {
            Path file = new Path(job.model().weights());
            try (InputStream in = file.getFileSystem(hadoop).open(file)) {
                weights.read(in, file.toString());
            }
        }
        return weights;
    }

    /** From a trained network with the same parameters, whatever the job says of its first weights. */
    static Weights of(Network network, Weights trained) {
        List<Parameter> own = tensors(network);
        List<Parameter> there = tensors(trained.network());
        if (!own.equals(there)) {
            throw new JobFileException(
                    "The model to start from must have the network's parameters: model=" + there + ", network=" + own);
        }
        return new Weights(network, trained.values().clone(), trained.buffers().clone());
    }

    private static List<Parameter> tensors(Network network) {
        List<Parameter> all = new ArrayList<>(Weights.parameters(network));
        all.addAll(Weights.buffers(network));
        return all;
    }

    private static Weights of(Network network, InitPlan init, long seed) {
        Weights weights = Weights.zeros(network);
        try {
            fill(weights, assigned(network, init), seed);
        } catch (IllegalArgumentException e) {
            throw new JobFileException("init does not fit the network: " + e.getMessage(), e);
        }

        int start = 0;
        for (BufferInit buffer : network.buffers()) {
            float[] own = buffer.values();
            System.arraycopy(own, 0, weights.buffers(), start, own.length);
            start += own.length;
        }
        return weights;
    }

    private static List<Initializer> assigned(Network network, InitPlan init) {
        List<Initializer> byDefault =
                network.parameters().stream().map(ParameterInit::byDefault).toList();
        List<Initializer> assigned = init.assign(Weights.parameters(network), byDefault);
        return IntStream.range(0, assigned.size())
                .mapToObj(i -> network.parameters().get(i).filledBy(assigned.get(i)))
                .toList();
    }

    private static void fill(Weights weights, List<Initializer> initializers, long seed) {
        List<Parameter> parameters = Weights.parameters(weights.network());
        int start = 0;
        for (int i = 0; i < parameters.size(); i++) {
            float[] own = initializers.get(i).values(parameters.get(i), seed);
            System.arraycopy(own, 0, weights.values(), start, own.length);
            start += own.length;
        }
    }

    /** One entry per range, without optimizer state. */
    static RangeContents[] ranges(Weights weights, Layout layout) {
        return layout.ranges().stream().map(range -> contents(weights, range)).toArray(RangeContents[]::new);
    }

    private static RangeContents contents(Weights weights, Range range) {
        float[] flat = range.trained() ? weights.values() : weights.buffers();
        float[] own = Arrays.copyOfRange(flat, range.start(), range.end());
        return new RangeContents(range.index(), 0, own, null, new double[0]);
    }
}
