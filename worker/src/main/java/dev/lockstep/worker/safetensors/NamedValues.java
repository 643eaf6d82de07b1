package dev.lockstep.worker.safetensors;

import dev.lockstep.params.Parameter;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor's name and shape with a live view on its values: what weights are read into and written from.
 *
 * @param values as many remain as the shape has; neither its position nor its limit is moved
 * @param dtype how a file stores it: F32, or I64 for what counts, such as {@code num_batches_tracked}
 */
public record NamedValues(Parameter parameter, FloatBuffer values, DType dtype) {
    public NamedValues {
        if (values.remaining() != parameter.size()) {
            throw new IllegalArgumentException("Values do not fill the shape: parameter=" + parameter.name()
                    + ", shape=" + parameter.shape() + ", values=" + values.remaining());
        }
        if (dtype != DType.F32 && dtype != DType.I64) {
            throw new IllegalArgumentException(
                    "Weights are stored as F32 or I64: parameter=" + parameter.name() + ", dtype=" + dtype);
        }
    }

    public NamedValues(Parameter parameter, FloatBuffer values) {
        this(parameter, values, DType.F32);
    }

    /** Views on a flat vector's pieces, in order. */
    public static List<NamedValues> of(List<Parameter> parameters, FloatBuffer flat) {
        List<NamedValues> pieces = new ArrayList<>();
        int start = 0;
        for (Parameter parameter : parameters) {
            pieces.add(new NamedValues(parameter, flat.slice(start, parameter.size())));
            start += parameter.size();
        }

        return pieces;
    }
}
