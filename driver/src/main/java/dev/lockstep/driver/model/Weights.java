package dev.lockstep.driver.model;

import dev.lockstep.driver.DataException;
import dev.lockstep.params.Parameter;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.ParameterInit;
import dev.lockstep.worker.safetensors.DType;
import dev.lockstep.worker.safetensors.NamedValues;
import dev.lockstep.worker.safetensors.SafeTensors;
import dev.lockstep.worker.safetensors.SafeTensorsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A network and the numbers in it, in the driver.
 *
 * @param values the flat vector of all that is trained; live
 * @param buffers the flat vector of all that is kept but not trained; live
 */
public record Weights(Network network, float[] values, float[] buffers) {
    /** A whole number in PyTorch's files. */
    private static final String COUNTER = "num_batches_tracked";

    public static Weights zeros(Network network) {
        return new Weights(network, new float[size(parameters(network))], new float[size(buffers(network))]);
    }

    public static List<Parameter> parameters(Network network) {
        return network.parameters().stream().map(ParameterInit::parameter).toList();
    }

    public static List<Parameter> buffers(Network network) {
        return network.buffers().stream().map(BufferInit::buffer).toList();
    }

    /** Live views by name, trained ones first. */
    public List<NamedValues> tensors() {
        List<NamedValues> tensors = new ArrayList<>(NamedValues.of(parameters(network), FloatBuffer.wrap(values)));
        for (NamedValues buffer : NamedValues.of(buffers(network), FloatBuffer.wrap(buffers))) {
            boolean counter = buffer.parameter().name().endsWith(COUNTER);
            tensors.add(counter ? new NamedValues(buffer.parameter(), buffer.values(), DType.I64) : buffer);
        }
        return tensors;
    }

    /** Replaces all values by those of a safetensors file. */
    public void read(InputStream in, String source) throws IOException {
        try {
            SafeTensors.read(in, source, tensors(), name -> false);
        } catch (SafeTensorsException e) {
            throw new DataException(e.getMessage(), e);
        }
    }

    private static int size(List<Parameter> tensors) {
        return tensors.stream().mapToInt(Parameter::size).reduce(0, Math::addExact);
    }
}
