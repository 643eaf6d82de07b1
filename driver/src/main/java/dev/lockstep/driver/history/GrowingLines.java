package dev.lockstep.driver.history;

import dev.lockstep.driver.storage.PlainFiles;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The lines of a file that another process appends to, each when it is whole. A file that was replaced by another, as a
 * resumed run does, is read from its beginning. One thread at a time.
 */
final class GrowingLines {
    private static final int CHUNK = 1 << 18;
    private static final int MOST_OF_LINE = 1 << 26;
    /** By what stands before the place where reading goes on, the file is known again. */
    private static final int MARK = 256;

    /** Takes what is read. */
    interface Reader {
        /** What came before is of another file. */
        void anew();

        void line(byte[] bytes, int offset, int length);

        /** A line that is longer than any that a run writes. */
        void tooLong();
    }

    private final FileSystem files;
    private final Path path;
    private long position;
    private byte[] mark = new byte[0];
    private byte[] buffer = new byte[CHUNK];
    private boolean overlong;

    GrowingLines(Path path, Configuration hadoop) throws IOException {
        this.files = PlainFiles.of(path, hadoop);
        this.path = path;
    }

    /**
     * Reads on.
     *
     * @param most bytes after which to stop, about
     * @return whether it has stopped for that
     */
    boolean read(long most, Reader reader) throws IOException {
        try (FSDataInputStream in = files.open(path)) {
            if (!isTheSame(in)) {
                anew(reader);
                in.seek(0);
            }
            return read(in, most, reader);
        } catch (FileNotFoundException e) {
            if (position > 0) {
                anew(reader);
            }
            return false;
        }
    }

    private void anew(Reader reader) {
        position = 0;
        mark = new byte[0];
        overlong = false;
        reader.anew();
    }

    private boolean isTheSame(FSDataInputStream in) throws IOException {
        try {
            byte[] there = new byte[mark.length];
            in.seek(position - mark.length);
            in.readFully(there);
            return Arrays.equals(there, mark);
        } catch (EOFException e) {
            return false;
        }
    }

    private boolean read(FSDataInputStream in, long most, Reader reader) throws IOException {
        int filled = 0;
        for (long all = 0; all < most; ) {
            int count = in.read(buffer, filled, buffer.length - filled);
            if (count < 0) {
                return false;
            }
            all += count;
            int scanned = filled;
            filled += count;
            filled = keepRest(handOut(scanned, filled, reader), filled, reader);
        }
        return true;
    }

    /** Hands out what is whole, and returns where the rest begins. */
    private int handOut(int scanned, int filled, Reader reader) {
        int begin = 0;
        for (int i = scanned; i < filled; i++) {
            if (buffer[i] == '\n') {
                if (!overlong) {
                    reader.line(buffer, begin, i - begin);
                }
                overlong = false;
                begin = i + 1;
            }
        }
        return begin;
    }

    /** Moves what is not a whole line yet to the front of the buffer, and returns how much that is. */
    private int keepRest(int begin, int filled, Reader reader) {
        goOn(0, begin);
        int rest = filled - begin;
        if (overlong || rest == MOST_OF_LINE) {
            if (!overlong) {
                reader.tooLong();
            }
            overlong = true;
            goOn(begin, filled);
            return 0;
        }
        byte[] next = rest == buffer.length ? new byte[2 * buffer.length] : buffer;
        System.arraycopy(buffer, begin, next, 0, rest);
        buffer = next;
        return rest;
    }

    /** This part of the buffer is done with. */
    private void goOn(int begin, int end) {
        if (end > begin) {
            mark = Arrays.copyOfRange(buffer, Math.max(0, end - MARK), end);
            position += end - begin;
        }
    }

    long position() {
        return position;
    }
}
