package dev.lockstep.driver.data.source.idx;

import dev.lockstep.driver.data.rows.BadValueException;
import dev.lockstep.driver.data.rows.CellNumbers;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Reads the rows of an IDX file one after the other. Not thread-safe; the task's end closes it. */
public final class IdxReader implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final IdxHeader header;
    private final DataInputStream in;
    private final ByteBuffer row;

    private IdxReader(IdxHeader header, DataInputStream in) {
        this.header = header;
        this.in = in;
        this.row = ByteBuffer.allocate(header.rowBytes());
    }

    public static IdxReader at(IdxHeader header, long firstRow, Configuration configuration) throws IOException {
        DataInputStream in = open(configuration, header.path());
        boolean there = false;
        try {
            // A file system that can seek does so here; what is packed has to be unpacked up to the row.
            in.skipNBytes(header.length() + firstRow * header.rowBytes());
            there = true;
        } finally {
            if (!there) {
                in.close();
            }
        }
        return new IdxReader(header, in);
    }

    /** From the start, unpacked if the name's ending names a codec, as {@code .gz} does. */
    static DataInputStream open(Configuration configuration, String path) throws IOException {
        Path file = new Path(path);
        CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(file);
        InputStream in = file.getFileSystem(configuration).open(file);
        if (codec == null) {
            return buffered(in);
        }
        boolean unpacking = false;
        try {
            DataInputStream unpacked = buffered(codec.createInputStream(in));
            unpacking = true;
            return unpacked;
        } finally {
            if (!unpacking) {
                in.close();
            }
        }
    }

    static boolean isCompressed(Configuration configuration, String path) {
        return new CompressionCodecFactory(configuration).getCodec(new Path(path)) != null;
    }

    private static DataInputStream buffered(InputStream in) {
        return new DataInputStream(new BufferedInputStream(in, BUFFER_BYTES));
    }

    public void read(double[] into, int start, boolean exact) throws IOException, BadValueException {
        in.readFully(row.array());
        row.rewind();
        for (int i = 0; i < header.width(); i++) {
            double value = CellNumbers.finite(header.type().next(row), "value " + i);
            if (!exact) {
                CellNumbers.requireKept(value, "value " + i);
            }
            into[start + i] = value;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
