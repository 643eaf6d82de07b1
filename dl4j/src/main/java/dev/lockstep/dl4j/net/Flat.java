package dev.lockstep.dl4j.net;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Flat vectors of float32 in ND4J's memory. */
public final class Flat {
    private Flat() {}

    /** The values themselves; live. The array must be contiguous. */
    public static FloatBuffer view(INDArray array) {
        FloatBuffer floats = array.data().asNioFloat();
        return floats.slice(floats.position(), Math.toIntExact(array.length()));
    }

    static float[] copy(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        view(array).get(values);
        return values;
    }

    static void fill(INDArray array, float[] values) {
        if (array.length() != values.length) {
            throw new IllegalArgumentException(
                    "Values do not fit the array: values=" + values.length + ", array=" + array.length());
        }
        view(array).put(values);
    }
}
