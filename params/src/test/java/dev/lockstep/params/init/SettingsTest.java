package dev.lockstep.params.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.params.Parameter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What settings and shapes are refused, and how. */
class SettingsTest {
    private static final Parameter BIAS = new Parameter("0.bias", List.of(5));

    static Stream<Arguments> refused() {
        return Stream.of(
                row(() -> new Uniform(1, 0), "a and b must be finite and a at most b: a=1.0, b=0.0"),
                row(() -> new Uniform(0, Double.NaN), "a and b must be finite and a at most b: a=0.0, b=NaN"),
                row(() -> new Normal(0, -1), "std must be finite and at least 0: std=-1.0"),
                row(() -> new Normal(Double.NaN, 1), "mean must be finite: mean=NaN"),
                row(() -> new TruncNormal(0, 0, -1, 1), "std must be finite and above 0: std=0.0"),
                row(() -> new XavierUniform(-2), "gain must be finite and at least 0: gain=-2.0"),
                row(() -> new XavierNormal(Double.NaN), "gain must be finite and at least 0: gain=NaN"),
                row(() -> new Sparse(1.5), "sparsity must be from 0 to 1: sparsity=1.5"),
                row(() -> new Dirac(0), "groups must be above 0: groups=0"),
                row(() -> new Constant(Double.POSITIVE_INFINITY), "val must be finite: val=Infinity"),
                row(
                        () -> FanMode.named("fan_both"),
                        "Fan mode is unknown: mode=fan_both, known=[fan_in, fan_out, fan_avg]"),
                row(
                        () -> new KaimingNormal().values(BIAS, 1),
                        "Fans need a shape of two dimensions or more: shape=[5], parameter=0.bias"),
                row(() -> new Eye().values(BIAS, 1), "eye needs a shape of 2 dimensions: shape=[5], parameter=0.bias"),
                row(
                        () -> new Orthogonal().values(BIAS, 1),
                        "orthogonal needs a shape of 2 or more dimensions: shape=[5], parameter=0.bias"),
                row(
                        () -> new Dirac().values(BIAS, 1),
                        "dirac needs a shape of 3 to 5 dimensions: shape=[5], parameter=0.bias"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedWithItsValue(Executable call, String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static Arguments row(Executable call, String message) {
        return Arguments.of(call, message);
    }
}
