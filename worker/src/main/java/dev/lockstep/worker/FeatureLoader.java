package dev.lockstep.worker;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Brings features into native memory, into the same place at every step. The place grows with the largest share seen.
 */
final class FeatureLoader implements AutoCloseable {
    private final List<Integer> shape;
    private final int size;
    private final ScalarType type;
    private final Placement target;
    private Tensor[] places = new Tensor[0];

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

        Tensor rows = place(group, count).narrow(0, 0, count);
        rows.data_ptr_float().capacity((long) count * size).put(values, start * size, count * size);
        return rows.view(Tensors.batch(count, shape)).to(target.torch(), type);
    }

    private Tensor place(int group, int count) {
        if (group >= places.length) {
            places = Arrays.copyOf(places, group + 1);
        }
        if (places[group] == null || places[group].size(0) < count) {
            release(places[group]);
            // Outlives the step in which it is made.
            places[group] =
                    Tensors.zerosOnHost(target, ScalarType.Float, count, size).retainReference();
        }

        return places[group];
    }

    private static void release(Tensor place) {
        if (place != null) {
            place.close();
        }
    }

    @Override
    public void close() {
        for (Tensor place : places) {
            release(place);
        }
    }
}
