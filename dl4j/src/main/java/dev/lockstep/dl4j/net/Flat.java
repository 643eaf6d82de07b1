package dev.lockstep.dl4j.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    /** A copy, little-endian: serializers write bytes as they are, and floats one by one. */
    static byte[] bytes(INDArray array) {
        byte[] bytes = new byte[Math.toIntExact(array.length() * Float.BYTES)];
        floats(bytes).put(view(array));
        return bytes;
    }

    static void fill(INDArray array, byte[] bytes) {
        if (array.length() * Float.BYTES != bytes.length) {
            throw new IllegalArgumentException(
                    "Values do not fit the array: bytes=" + bytes.length + ", array=" + array.length());
        }
        view(array).put(floats(bytes));
    }

    private static FloatBuffer floats(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
