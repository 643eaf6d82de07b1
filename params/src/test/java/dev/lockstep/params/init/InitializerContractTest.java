package dev.lockstep.params.init;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.Parameter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every initialiser must do. A new one joins by being listed in {@code initializers()}. */
class InitializerContractTest {
    private static final Set<Class<?>> NOT_RANDOM =
            Set.of(Constant.class, Zeros.class, Ones.class, Eye.class, Dirac.class);

    static Stream<Initializer> initializers() {
        return Stream.of(
                new Uniform(-1, 2),
                new Normal(0.5, 2),
                new TruncNormal(),
                new XavierUniform(),
                new XavierNormal(),
                new KaimingUniform(),
                new KaimingNormal(0.1, FanMode.FAN_AVG, Nonlinearity.RELU),
                new Orthogonal(),
                new Sparse(0.25),
                new Constant(0.5),
                new Zeros(),
                new Ones(),
                new Eye(),
                new Dirac());
    }

    @Test
    void everyInitializerOfTheCatalogueIsListed() {
        Set<Class<?>> listed = initializers().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.copyOf(Initializers.byName().values()), listed);
    }

    @ParameterizedTest
    @MethodSource("initializers")
    void writesEveryValue(Initializer initializer) {
        float[] values = new float[shape(initializer).size()];
        Arrays.fill(values, Float.NaN);
        initializer.fill(shape(initializer).shape(), Draws.of(1, "w"), values);
        for (float value : values) {
            assertTrue(Float.isFinite(value));
        }
    }

    @ParameterizedTest
    @MethodSource("initializers")
    void valuesAreAFunctionOfSeedAndName(Initializer initializer) {
        List<Integer> shape = shape(initializer).shape();
        float[] values = initializer.values(new Parameter("a.weight", shape), 7);
        boolean random = !NOT_RANDOM.contains(initializer.getClass());

        assertArrayEquals(values, initializer.values(new Parameter("a.weight", shape), 7));
        assertEquals(random, !Arrays.equals(values, initializer.values(new Parameter("a.weight", shape), 8)));
        assertEquals(random, !Arrays.equals(values, initializer.values(new Parameter("b.weight", shape), 7)));
    }

    @ParameterizedTest
    @MethodSource("initializers")
    void survivesSerialization(Initializer initializer) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(initializer);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertEquals(initializer, in.readObject());
        }
    }

    @ParameterizedTest
    @MethodSource("initializers")
    void unitsAreAlikeOnlyInConstants(Initializer initializer) {
        Parameter parameter = shape(initializer);
        boolean alike =
                Symmetry.unitsAreAlike(parameter, java.nio.FloatBuffer.wrap(initializer.values(parameter, 3)), 0);
        assertEquals(Set.of(Constant.class, Zeros.class, Ones.class).contains(initializer.getClass()), alike);
    }

    @Test
    void catalogueCannotBeChanged() {
        assertFalse(Initializers.byName().isEmpty());
        org.junit.jupiter.api.Assertions.assertThrows(
                UnsupportedOperationException.class, () -> Initializers.byName().clear());
    }

    private static Parameter shape(Initializer initializer) {
        return new Parameter("w", initializer instanceof Dirac ? List.of(6, 4, 3) : List.of(6, 8));
    }
}
