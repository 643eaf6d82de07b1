package dev.lockstep.dl4j.data;

import dev.lockstep.dl4j.net.Flat;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples as bytes that any serializer of Spark's can carry, and Spark can count.
 *
 * <pre>
 *   features, labels, features' masks, labels' masks, each:
 *     int n, -1 for none, and n times:
 *       byte 0   absent
 *       byte 1   int rank, rank longs of shape, float32 in 'c' order, little-endian
 *       byte 2   int length, bytes as Nd4j.toByteArray makes them
 * </pre>
 */
final class PackedArrays {
    private static final int ABSENT = 0;
    private static final int FLOATS = 1;
    private static final int OTHER = 2;

    private PackedArrays() {}

    static byte[] pack(MultiDataSet examples) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, examples.getFeatures());
            write(out, examples.getLabels());
            write(out, examples.getFeaturesMaskArrays());
            write(out, examples.getLabelsMaskArrays());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static MultiDataSet unpack(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        INDArray[] features = read(in);
        INDArray[] labels = read(in);
        INDArray[] featuresMasks = read(in);
        INDArray[] labelsMasks = read(in);
        return new org.nd4j.linalg.dataset.MultiDataSet(features, labels, featuresMasks, labelsMasks);
    }

    private static void write(DataOutputStream out, INDArray[] arrays) throws IOException {
        out.writeInt(arrays == null ? -1 : arrays.length);
        for (int i = 0; arrays != null && i < arrays.length; i++) {
            write(out, arrays[i]);
        }
    }

    private static void write(DataOutputStream out, INDArray array) throws IOException {
        if (array == null) {
            out.writeByte(ABSENT);
            return;
        }
        if (array.dataType() != DataType.FLOAT) {
            byte[] own = Nd4j.toByteArray(array);
            out.writeByte(OTHER);
            out.writeInt(own.length);
            out.write(own);
            return;
        }

        out.writeByte(FLOATS);
        out.writeInt(array.rank());
        for (long extent : array.shape()) {
            out.writeLong(extent);
        }
        INDArray ordered = array.dup('c');
        ByteBuffer values = ByteBuffer.allocate(Math.multiplyExact(4, Math.toIntExact(ordered.length())));
        values.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(Flat.view(ordered));
        out.write(values.array());
    }

    private static INDArray[] read(ByteBuffer in) {
        int count = in.getInt();
        if (count < 0) {
            return null;
        }
        INDArray[] arrays = new INDArray[count];
        for (int i = 0; i < count; i++) {
            arrays[i] = readArray(in);
        }
        return arrays;
    }

    private static INDArray readArray(ByteBuffer in) {
        int kind = in.get();
        if (kind == ABSENT) {
            return null;
        }
        if (kind == OTHER) {
            byte[] own = new byte[in.getInt()];
            in.get(own);
            return Nd4j.fromByteArray(own);
        }

        long[] shape = new long[in.getInt()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = in.getLong();
        }
        INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
        int bytes = Math.toIntExact(4 * array.length());
        ByteBuffer values = in.slice(in.position(), bytes).order(ByteOrder.LITTLE_ENDIAN);
        Flat.view(array).put(values.asFloatBuffer());
        in.position(in.position() + bytes);
        return array;
    }
}
