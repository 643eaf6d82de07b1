package dev.lockstep.params.client;

import dev.lockstep.params.plane.HostSeat;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The memory that a worker's network computes with: direct, native-ordered, live.
 *
 * @param seat the trained vector, into which new values are written while a step runs, and its gradient, which is read
 *     while a step runs
 * @param bufferValues what is kept but not trained
 */
public record WorkerMemory(HostSeat seat, FloatBuffer bufferValues) {
    public WorkerMemory {
        boolean fits = bufferValues.capacity() == 0
                || (bufferValues.isDirect() && bufferValues.order() == ByteOrder.nativeOrder());
        if (!fits) {
            throw new IllegalArgumentException("bufferValues must be direct and native-ordered: direct="
                    + bufferValues.isDirect() + ", order=" + bufferValues.order());
        }
    }

    FloatBuffer values() {
        return seat.values().floats();
    }

    FloatBuffer gradient() {
        return seat.gradient().floats();
    }
}
