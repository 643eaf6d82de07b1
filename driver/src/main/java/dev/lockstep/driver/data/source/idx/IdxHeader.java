package dev.lockstep.driver.data.source.idx;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.Unreadable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What the beginning of an IDX file says.
 *
 * <pre>
 *   0  byte  0, 0, type, number of dimensions
 *   4  int   each extent, big-endian; the first one counts the rows
 * </pre>
 *
 * @param shape of one row, empty if a row is one number
 */
public record IdxHeader(String path, IdxType type, long rows, List<Integer> shape) implements Serializable {
    private static final int MAX_DIMENSIONS = 8;

    public static IdxHeader read(Configuration configuration, String path) {
        try (DataInputStream in = IdxReader.open(configuration, path)) {
            int magic = in.readInt();
            IdxType type = IdxType.of(magic >>> 8);
            int dimensions = magic & 0xFF;
            if (type == null || dimensions < 1 || dimensions > MAX_DIMENSIONS) {
                throw new DataException("File is not in IDX format: file=" + path + ", first bytes=0x"
                        + String.format(Locale.ROOT, "%08x", magic));
            }
            int rows = in.readInt();
            List<Integer> shape = new ArrayList<>();
            for (int i = 1; i < dimensions; i++) {
                shape.add(in.readInt());
            }
            IdxHeader header = new IdxHeader(path, type, rows, List.copyOf(shape));
            header.requireLength(configuration);
            return header;
        } catch (ArithmeticException e) {
            throw new DataException("IDX rows are too long: file=" + path, e);
        } catch (IOException e) {
            throw Unreadable.of("file=" + path, e);
        }
    }

    int length() {
        return Integer.BYTES * (2 + shape.size());
    }

    public int width() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    int rowBytes() {
        return Math.multiplyExact(width(), type.bytes());
    }

    private void requireLength(Configuration configuration) throws IOException {
        if (rows < 0 || shape.stream().anyMatch(extent -> extent < 1)) {
            throw new DataException(
                    "IDX extents must be above 0: file=" + path + ", rows=" + rows + ", shape=" + shape);
        }
        Path file = new Path(path);
        long expected = length() + rows * rowBytes();
        long found =
                FileSystem.get(file.toUri(), configuration).getFileStatus(file).getLen();
        if (!IdxReader.isCompressed(configuration, path) && found != expected) {
            throw new DataException("IDX file has not the length that its header says: file=" + path + ", bytes="
                    + found + ", expected=" + expected);
        }
    }
}
