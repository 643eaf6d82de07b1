package dev.lockstep.worker.check;

import dev.lockstep.params.Parameter;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** {@code Σ f(wᵢ)} over the values of one tensor, with whatever derivative it is told. */
class Curve implements LossSurface {
    private final DoubleBuffer values;
    private final DoubleUnaryOperator value;
    private final DoubleUnaryOperator slope;

    Curve(double[] values, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
        this.values = DoubleBuffer.wrap(values);
        this.value = value;
        this.slope = slope;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter("w", List.of(values.capacity())));
    }

    @Override
    public DoubleBuffer values() {
        return values;
    }

    @Override
    public boolean isTrained(int parameter, int index) {
        return true;
    }

    @Override
    public double loss() {
        return Arrays.stream(values.array()).map(value).sum();
    }

    @Override
    public double[] gradient() {
        return Arrays.stream(values.array()).map(slope).toArray();
    }

    @Override
    public void close() {}
}
