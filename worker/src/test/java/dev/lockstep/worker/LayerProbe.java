package dev.lockstep.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.worker.Golden.Values;
import dev.lockstep.worker.layer.BufferInit;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.ParameterInit;
import dev.lockstep.worker.layer.Pass;
import dev.lockstep.worker.layer.Scope;
import dev.lockstep.worker.layer.Unit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Runs one layer by itself in double precision, and hands out every gradient. Native memory is left to the collector.
 */
final class LayerProbe {
    private final Unit unit;
    private final List<ParameterInit> parameters;
    private final List<BufferInit> buffers;
    private final Tensor[] parameterTensors;
    private final Tensor[] bufferTensors;

    private Tensor input;
    private Tensor output;

    /**
     * @param shape of one example
     */
    LayerProbe(Layer layer, List<Integer> shape) {
        this(new NetworkSpec(layer), shape);
    }

    LayerProbe(NetworkSpec spec, List<Integer> shape) {
        Natives.load();
        Natives.useThreads(1);
        Scope scope = Scope.root();
        this.unit = LayeredNetwork.unit(spec, shape, scope);
        this.parameters = scope.parameters();
        this.buffers = scope.buffers();
        this.parameterTensors = parameters.stream()
                .map(p -> tensor(p.parameter().shape(), doubles(p.byDefault().values(p.parameter(), 1)))
                        .set_requires_grad(true))
                .toArray(Tensor[]::new);
        this.bufferTensors = buffers.stream()
                .map(b -> tensor(b.buffer().shape(), doubles(b.values())))
                .toArray(Tensor[]::new);
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }

        return doubles;
    }

    private static Tensor tensor(List<Integer> shape, double[] values) {
        Tensor tensor = Tensors.zeros(ScalarType.Double, Tensors.longs(shape));
        if (values.length > 0) {
            tensor.data_ptr_double().put(values);
        }

        return tensor;
    }

    /** Extents of one example as it comes out. */
    List<Integer> outputShape() {
        return unit.output();
    }

    List<String> parameterNames() {
        return parameters.stream().map(p -> p.parameter().name()).toList();
    }

    /** All names, in the order of {@code order} where that has them: state_dict mixes parameters and buffers. */
    List<String> stateNames(List<String> order) {
        return Stream.concat(parameterNames().stream(), buffers.stream().map(b -> b.buffer()
                        .name()))
                .sorted(Comparator.comparingInt(order::indexOf))
                .toList();
    }

    /** Sets a parameter or buffer by its whole name, of that shape. */
    void set(String name, Values values) {
        int parameter = parameterNames().indexOf(name);
        Tensor tensor = parameter >= 0 ? parameterTensors[parameter] : buffer(name.substring(2));
        assertEquals(values.shape(), Tensors.shape(tensor), name);
        tensor.data_ptr_double().put(values.data());
    }

    void setParameter(String name, double... values) {
        parameter(name).data_ptr_double().put(values);
    }

    void setBuffer(String name, double... values) {
        buffer(name).data_ptr_double().put(values);
    }

    double[] bufferValues(String name) {
        return Tensors.doubles(buffer(name)).data();
    }

    private Tensor parameter(String name) {
        return parameterTensors[parameterNames().indexOf("0." + name)];
    }

    private Tensor buffer(String name) {
        return bufferTensors[
                buffers.stream().map(b -> b.buffer().name()).toList().indexOf("0." + name)];
    }

    /** Forward, and backward from {@code upstream}; null for all ones. */
    double[] run(Values in, double[] upstream, boolean training) {
        Pass pass = new Pass(parameterTensors, bufferTensors, torch.make_generator_cpu(5), training);
        input = tensor(in.shape(), in.data()).set_requires_grad(true);
        output = unit.forward().forward(input, pass);
        for (Tensor parameter : parameterTensors) {
            parameter.mutable_grad().reset();
        }
        double[] values = Tensors.doubles(output).data();
        dev.lockstep.losses.Tensor slope =
                dev.lockstep.losses.Tensor.of(upstream == null ? ones(values) : upstream, values.length);
        Tensor gradient = Tensors.like(output, slope).view(output.sizes());
        output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
        return values;
    }

    private static double[] ones(double[] like) {
        double[] ones = new double[like.length];
        java.util.Arrays.fill(ones, 1);
        return ones;
    }

    /** The shape that the last run gave, examples first. */
    List<Integer> lastShape() {
        int[] shape = Tensors.doubles(output).shape();
        return java.util.Arrays.stream(shape).boxed().toList();
    }

    double[] inputGradient() {
        return Tensors.doubles(input.grad()).data();
    }

    /** By a parameter's whole name. */
    double[] gradient(String name) {
        return Tensors.doubles(parameterTensors[parameterNames().indexOf(name)].grad())
                .data();
    }

    double[] parameterGradient(String name) {
        return Tensors.doubles(parameter(name).grad()).data();
    }
}
