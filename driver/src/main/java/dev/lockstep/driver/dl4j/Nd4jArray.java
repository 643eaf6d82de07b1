package dev.lockstep.driver.dl4j;

import dev.lockstep.driver.DataException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * The file of an array, as {@code Nd4j.write} writes it:
 *
 * <pre>
 *   buffer of the shape       whole numbers: rank, extents, strides, three more
 *   buffer of the values
 *   buffer                    allocation mode UTF, count i64 (i32 in old files), type UTF, the values big-endian
 * </pre>
 */
final class Nd4jArray {
    private static final Set<String> LONG_COUNTS = Set.of("MIXED_DATA_TYPES", "LONG_SHAPE");
    /** Of a shape of 32 dimensions, the most that ND4J has. */
    private static final long MAX_SHAPE = 2 * 32 + 4;

    private final DataInputStream in;
    private final String source;

    private Nd4jArray(InputStream in, String source) {
        this.in = new DataInputStream(in);
        this.source = source;
    }

    private record Header(long count, String type) {}

    /** @throws DataException if it ends too early, or is something else */
    static float[] read(InputStream in, String source) throws IOException {
        try {
            return new Nd4jArray(in, source).read();
        } catch (EOFException e) {
            throw new DataException("The network's parameters end too early: file=" + source, e);
        }
    }

    private float[] read() throws IOException {
        long size = size();
        Header header = header();
        if (header.count() != size || size > Integer.MAX_VALUE - Long.BYTES) {
            throw new DataException("The network's parameters are not as many as their shape says: file=" + source
                    + ", shape=" + size + ", values=" + header.count());
        }
        float[] values = new float[(int) size];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (header.type()) {
                case "FLOAT" -> in.readFloat();
                case "DOUBLE" -> (float) in.readDouble();
                default ->
                    throw new DataException("The network's parameters must be FLOAT or DOUBLE: file=" + source
                            + ", type=" + header.type());
            };
        }
        return values;
    }

    private long size() throws IOException {
        Header header = header();
        if (header.count() > MAX_SHAPE || header.count() < 1) {
            throw new DataException(
                    "The network's parameters have no shape: file=" + source + ", numbers=" + header.count());
        }
        boolean wide = header.type().equals("LONG");
        long[] shape = new long[(int) header.count()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = wide ? in.readLong() : in.readInt();
        }
        long size = 1;
        for (int i = 1; i <= shape[0] && i < shape.length; i++) {
            size = Math.multiplyExact(size, shape[i]);
        }
        return size;
    }

    private Header header() throws IOException {
        long count = LONG_COUNTS.contains(in.readUTF()) ? in.readLong() : in.readInt();
        return new Header(count, in.readUTF());
    }
}
