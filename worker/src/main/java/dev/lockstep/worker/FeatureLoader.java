package dev.lockstep.worker;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Brings features into native memory, into the same place at every step; the place is made anew where the number of
 * examples is another.
 */
final class FeatureLoader implements AutoCloseable {
    private final List<Integer> shape;
    private final int size;
    private final ScalarType type;
    private final Placement target;
    private Place[] places = new Place[0];

    /** @param memory that of the examples */
    private record Place(Tensor examples, FloatPointer memory) implements AutoCloseable {
        long count() {
            return examples.size(0);
        }

        @Override
        public void close() {
            examples.close();
        }
    }

    FeatureLoader(List<Integer> shape, ScalarType type, Placement target) {
        this.shape = shape;
        this.size = shape.stream().reduce(1, Math::multiplyExact);
        this.type = type;
        this.target = target;
    }

    /** How many values an example has. */
    int size() {
        return size;
    }

    /** One example of zeros, with the groups of an empty share. */
    Examples ghost(Examples none) {
        return new Examples(1, new float[none.features().length][size], new float[0]);
    }

    /**
     * Some examples of one group; valid until that group's next call.
     *
     * @throws IllegalArgumentException if the examples have another size than the network takes
     */
    Tensor load(Examples share, int group, int start, int count) {
        float[] values = share.features()[group];
        if (values.length != (long) share.count() * size) {
            throw new IllegalArgumentException("Features do not fit the network: examples=" + share.count()
                    + ", values=" + values.length + ", group=" + group + ", shape of one=" + shape);
        }

        Place place = place(group, count);
        place.memory().put(values, start * size, count * size);
        boolean isThere = target.isOnHost() && type == ScalarType.Float;
        return isThere ? place.examples() : place.examples().to(target.torch(), type);
    }

    private Place place(int group, int count) {
        if (group >= places.length) {
            places = Arrays.copyOf(places, group + 1);
        }
        if (places[group] == null || places[group].count() != count) {
            release(places[group]);
            places[group] = made(count);
        }

        return places[group];
    }

    private Place made(int count) {
        // Outlives the step in which it is made.
        Tensor examples = Tensors.zerosOnHost(target, ScalarType.Float, Tensors.batch(count, shape))
                .retainReference();
        return new Place(examples, examples.data_ptr_float().capacity((long) count * size));
    }

    private static void release(Place place) {
        if (place != null) {
            place.close();
        }
    }

    @Override
    public void close() {
        for (Place place : places) {
            release(place);
        }
    }
}
