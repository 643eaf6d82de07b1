package dev.lockstep.params.client;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The memory that a worker's network computes with: direct, native-ordered, live.
 *
 * @param values the trained vector; new values are written into it while a step runs
 * @param gradient as long as {@code values}; read while a step runs
 * @param bufferValues what is kept but not trained
 */
public record WorkerMemory(FloatBuffer values, FloatBuffer gradient, FloatBuffer bufferValues) {
    public WorkerMemory {
        requireDirect("values", values);
        requireDirect("gradient", gradient);
        requireDirect("bufferValues", bufferValues);
    }

    private static void requireDirect(String name, FloatBuffer buffer) {
        boolean fits = buffer.capacity() == 0 || (buffer.isDirect() && buffer.order() == ByteOrder.nativeOrder());
        if (!fits) {
            throw new IllegalArgumentException(name + " must be direct and native-ordered: direct=" + buffer.isDirect()
                    + ", order=" + buffer.order());
        }
    }
}
