package dev.lockstep.driver.data.digits;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes unsigned bytes as an IDX file, the format of MNIST (LeCun, Cortes and Burges).
 *
 * <pre>
 *   0  byte  0, 0, 8 for unsigned bytes, number of dimensions
 *   4  int   each extent, big-endian
 *      byte  the values, last index fastest
 * </pre>
 */
public final class IdxWriter implements AutoCloseable {
    private static final int UNSIGNED_BYTES = 8;

    private final DataOutputStream out;
    private final int[] extents;
    private long left;

    /** Writes the header. Closing the writer flushes the stream and leaves it open. */
    public IdxWriter(OutputStream out, int... extents) throws IOException {
        this.out = new DataOutputStream(out);
        this.extents = extents.clone();
        this.left = 1;
        this.out.writeInt(UNSIGNED_BYTES << 8 | extents.length);
        for (int extent : extents) {
            if (extent < 1) {
                throw new IllegalArgumentException("Extents must be above 0: extents=" + Arrays.toString(extents));
            }
            this.left = Math.multiplyExact(left, extent);
            this.out.writeInt(extent);
        }
    }

    public void write(byte[] values) throws IOException {
        if (values.length > left) {
            throw new IllegalArgumentException("Values do not fit the extents: values=" + values.length + ", room="
                    + left + ", extents=" + Arrays.toString(extents));
        }

        out.write(values);
        left -= values.length;
    }

    /**
     * @throws IllegalStateException if values are missing
     */
    @Override
    public void close() throws IOException {
        out.flush();
        if (left > 0) {
            throw new IllegalStateException(
                    "IDX file is incomplete: missing=" + left + ", extents=" + Arrays.toString(extents));
        }
    }
}
