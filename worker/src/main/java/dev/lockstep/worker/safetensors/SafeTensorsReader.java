package dev.lockstep.worker.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Reads a safetensors file from beginning to end, one tensor after the other, without holding more than a piece of it.
 * Not thread-safe; the stream stays the caller's.
 */
public final class SafeTensorsReader {
    /** As in the format's own library. */
    static final int HEADER_LIMIT = 100_000_000;

    private static final int PIECE_LENGTH = 1 << 16;
    /** Up to here every whole number is a float32. */
    private static final double WHOLE_FLOAT_LIMIT = 1 << 24;

    private final InputStream in;
    private final String source;
    private final List<StoredTensor> tensors;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private int next;

    private SafeTensorsReader(InputStream in, String source, List<StoredTensor> tensors) {
        this.in = in;
        this.source = source;
        this.tensors = tensors;
    }

    /**
     * Reads the header.
     *
     * @param source the file's name, for messages
     * @throws SafeTensorsException if the header is damaged
     */
    public static SafeTensorsReader open(InputStream in, String source) throws IOException {
        byte[] prefix = in.readNBytes(Long.BYTES);
        long length = prefix.length < Long.BYTES
                ? -1
                : ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (prefix.length < Long.BYTES) {
            throw new SafeTensorsException(
                    "File is too short for a safetensors file: bytes=" + prefix.length + ", file=" + source);
        }
        if (length < 0 || length > HEADER_LIMIT) {
            throw new SafeTensorsException("Header is longer than allowed, so this is no safetensors file: length="
                    + Long.toUnsignedString(length) + ", limit=" + HEADER_LIMIT + ", file=" + source);
        }

        byte[] header = in.readNBytes((int) length);
        if (header.length < length) {
            throw new SafeTensorsException("File ends inside its header: expected=" + length + " bytes, found="
                    + header.length + ", file=" + source);
        }
        return new SafeTensorsReader(in, source, SafeTensorsHeader.parse(header, source));
    }

    /** In the order of their bytes, which is the order of reading. */
    public List<StoredTensor> tensors() {
        return tensors;
    }

    /**
     * Reads the next tensor, whatever its type, as float32.
     *
     * @param into as many values remain as the tensor has; its position is not moved
     * @throws SafeTensorsException if the file ends too early or a finite value has no float32
     */
    public void read(FloatBuffer into) throws IOException {
        StoredTensor tensor = advance(into.remaining());
        FloatBuffer values = into.duplicate();
        while (values.hasRemaining()) {
            fill(tensor, values.remaining());
            if (tensor.dtype() == DType.F32) {
                values.put(piece.asFloatBuffer());
            } else {
                convert(tensor, values);
            }
        }
    }

    /** Passes over the next tensor. */
    public void skip() throws IOException {
        StoredTensor tensor = tensors.get(next);
        next++;
        for (long left = tensor.count();
                left > 0;
                left -= piece.limit() / tensor.dtype().length()) {
            fill(tensor, left);
        }
    }

    /** Checks that all is read and nothing follows. */
    public void finish() throws IOException {
        if (next < tensors.size()) {
            throw new IllegalStateException(
                    "Not all tensors were read: read=" + next + ", tensors=" + tensors.size() + ", file=" + source);
        }
        if (in.read() >= 0) {
            throw new SafeTensorsException(
                    "Bytes follow the last tensor: tensors=" + tensors.size() + ", file=" + source);
        }
    }

    private StoredTensor advance(int room) {
        StoredTensor tensor = tensors.get(next);
        if (room != tensor.count()) {
            throw new IllegalArgumentException("Room does not fit the tensor: name=" + tensor.name() + ", shape="
                    + tensor.shape() + ", room=" + room);
        }

        next++;
        return tensor;
    }

    /** Fills the piece with as many of the tensor's numbers as it holds, at most {@code wanted}. */
    private void fill(StoredTensor tensor, long wanted) throws IOException {
        int length = (int) Math.min(PIECE_LENGTH, wanted * tensor.dtype().length());
        int found = in.readNBytes(piece.array(), 0, length);
        if (found < length) {
            throw new SafeTensorsException("File ends inside a tensor: name=" + tensor.name() + ", missing="
                    + (wanted * tensor.dtype().length() - found) + " bytes, file=" + source);
        }

        piece.clear().limit(length);
    }

    private void convert(StoredTensor tensor, FloatBuffer values) throws SafeTensorsException {
        while (piece.hasRemaining()) {
            double value = tensor.dtype().read(piece);
            float nearest = (float) value;
            boolean lost = tensor.dtype().isWhole()
                    ? Math.abs(value) > WHOLE_FLOAT_LIMIT
                    : Float.isInfinite(nearest) && !Double.isInfinite(value);
            if (lost) {
                throw new SafeTensorsException("Value is too large for float32: name=" + tensor.name() + ", dtype="
                        + tensor.dtype() + ", value=" + value + ", file=" + source);
            }
            values.put(nearest);
        }
    }
}
