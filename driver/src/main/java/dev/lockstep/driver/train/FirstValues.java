package dev.lockstep.driver.train;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.Range;
import dev.lockstep.params.init.InitPlan;
import dev.lockstep.params.init.Initializer;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.worker.NamedValues;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.SafeTensors;
import dev.lockstep.worker.SafeTensorsException;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.ParameterInit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/** What a network holds before its first step: both flat vectors, in the driver. */
final class FirstValues {
    /** PyTorch counts the batches of a normalisation; here the step does that. */
    private static final String COUNTER = "num_batches_tracked";

    private final List<Parameter> parameters;
    private final List<Parameter> buffers;
    private final FloatBuffer values;
    private final FloatBuffer bufferValues;

    private FirstValues(Network network) {
        this.parameters =
                network.parameters().stream().map(ParameterInit::parameter).toList();
        this.buffers = network.buffers().stream().map(BufferInit::buffer).toList();
        this.values = FloatBuffer.allocate(size(parameters));
        this.bufferValues = FloatBuffer.allocate(size(buffers));
    }

    /** By the initialisers: the same whatever the number of workers and shards. */
    static FirstValues initialised(Network network, InitPlan init, long seed) {
        FirstValues first = new FirstValues(network);
        List<Initializer> byDefault =
                network.parameters().stream().map(ParameterInit::byDefault).toList();
        try {
            List<Initializer> assigned = init.assign(first.parameters, byDefault);
            int start = 0;
            for (int i = 0; i < assigned.size(); i++) {
                first.values.put(start, assigned.get(i).values(first.parameters.get(i), seed));
                start += first.parameters.get(i).size();
            }
        } catch (IllegalArgumentException e) {
            throw new JobFileException("init does not fit the network: " + e.getMessage(), e);
        }

        int start = 0;
        for (BufferInit buffer : network.buffers()) {
            first.bufferValues.put(start, buffer.values());
            start += buffer.buffer().size();
        }
        return first;
    }

    /** Puts a safetensors file in their place. */
    FirstValues replaced(InputStream weights, String source) throws IOException {
        List<NamedValues> into = new java.util.ArrayList<>(NamedValues.of(parameters, values));
        into.addAll(NamedValues.of(buffers, bufferValues));
        try {
            SafeTensors.read(weights, source, into, name -> name.endsWith(COUNTER));
        } catch (SafeTensorsException e) {
            throw new DataException(e.getMessage(), e);
        }
        return this;
    }

    /** One entry per range, without optimizer state. */
    RangeContents[] ranges(Layout layout) {
        return layout.ranges().stream().map(this::contents).toArray(RangeContents[]::new);
    }

    private RangeContents contents(Range range) {
        float[] flat = (range.trained() ? values : bufferValues).array();
        float[] own = Arrays.copyOfRange(flat, range.start(), range.end());
        return new RangeContents(range.index(), 0, own, null, new double[0]);
    }

    private static int size(List<Parameter> tensors) {
        return tensors.stream().mapToInt(Parameter::size).reduce(0, Math::addExact);
    }
}
