package dev.lockstep.driver.data.source;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Reads the rows of an IDX file one after the other. Not thread-safe; the task's end closes it. */
final class IdxReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final IdxHeader header;
    private final DataInputStream in;
    private final ByteBuffer row;

    private IdxReader(IdxHeader header, DataInputStream in) {
        this.header = header;
        this.in = in;
        this.row = ByteBuffer.allocate(header.rowBytes());
    }

    static IdxReader at(IdxHeader header, long firstRow, Configuration configuration) throws IOException {
        long offset = header.length() + firstRow * header.rowBytes();
        if (isCompressed(configuration, header.path())) {
            DataInputStream in = open(configuration, header.path());
            in.skipNBytes(offset);
            return new IdxReader(header, in);
        }
        Path file = new Path(header.path());
        FSDataInputStream in = file.getFileSystem(configuration).open(file);
        in.seek(offset);
        return new IdxReader(header, buffered(in));
    }

    /** From the start, unpacked if the name's ending names a codec, as {@code .gz} does. */
    static DataInputStream open(Configuration configuration, String path) throws IOException {
        Path file = new Path(path);
        CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(file);
        InputStream in = file.getFileSystem(configuration).open(file);
        return buffered(codec == null ? in : codec.createInputStream(in));
    }

    static boolean isCompressed(Configuration configuration, String path) {
        return new CompressionCodecFactory(configuration).getCodec(new Path(path)) != null;
    }

    private static DataInputStream buffered(InputStream in) {
        return new DataInputStream(new BufferedInputStream(in, BUFFER_BYTES));
    }

    void read(float[] into, int start) throws IOException, BadValueException {
        in.readFully(row.array());
        row.rewind();
        for (int i = 0; i < header.width(); i++) {
            into[start + i] = Numbers.finite(header.type().next(row), "value " + i);
        }
    }

    void close() throws IOException {
        in.close();
    }
}
