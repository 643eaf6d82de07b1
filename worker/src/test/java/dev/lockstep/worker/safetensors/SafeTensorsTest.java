package dev.lockstep.worker.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.Parameter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SafeTensorsTest {
    private static final Parameter WEIGHT = new Parameter("0.weight", List.of(300, 200));
    private static final Parameter BIAS = new Parameter("0.bias", List.of(300));
    private static final Parameter COUNT = new Parameter("1.num_batches_tracked", List.of());

    @Test
    void readUndoesWrite() throws IOException {
        float[] flat = random(WEIGHT.size() + BIAS.size());
        byte[] file = written(NamedValues.of(List.of(WEIGHT, BIAS), FloatBuffer.wrap(flat)));

        FloatBuffer read = ByteBuffer.allocateDirect(flat.length * 4)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        read(file, NamedValues.of(List.of(WEIGHT, BIAS), read));
        assertEquals(0, read.position());
        float[] values = new float[flat.length];
        read.get(values);
        assertArrayEquals(flat, values);
    }

    @Test
    void orderInTheFileDoesNotMatter() throws IOException {
        float[] flat = random(WEIGHT.size() + BIAS.size());
        List<NamedValues> tensors = new ArrayList<>(NamedValues.of(List.of(WEIGHT, BIAS), FloatBuffer.wrap(flat)));
        java.util.Collections.reverse(tensors);

        float[] read = new float[flat.length];
        read(written(tensors), NamedValues.of(List.of(WEIGHT, BIAS), FloatBuffer.wrap(read)));
        assertArrayEquals(flat, read);
    }

    @Test
    void headerIsPaddedAndSaysWhatFollows() throws IOException {
        byte[] file = written(List.of(
                new NamedValues(new Parameter("w", List.of(1, 2)), FloatBuffer.wrap(new float[] {1, -2})),
                new NamedValues(COUNT, FloatBuffer.wrap(new float[] {20}), DType.I64)));
        String header =
                "{\"__metadata__\":{\"format\":\"pt\"},\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
                        + "\"1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]}}";
        int length = (header.length() + 7) / 8 * 8;
        ByteBuffer expected = ByteBuffer.allocate(8 + length + 16).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(length).put((header + " ".repeat(length - header.length())).getBytes());
        expected.putFloat(1).putFloat(-2).putLong(20);
        assertArrayEquals(expected.array(), file);
    }

    @Test
    void namesWithAnyCharactersSurvive() throws IOException {
        Parameter odd = new Parameter("größe \"w\"\\\n😀", List.of(1));
        byte[] file = written(List.of(new NamedValues(odd, FloatBuffer.wrap(new float[] {3}))));
        Map<String, float[]> all = SafeTensors.readAll(new ByteArrayInputStream(file), "odd");
        assertEquals(List.of(odd.name()), List.copyOf(all.keySet()));
    }

    @Test
    void saysThatAllNamesHaveAWordInFrontOfThem() throws IOException {
        Parameter wrapped = new Parameter("module." + BIAS.name(), BIAS.shape());
        byte[] file = written(NamedValues.of(List.of(wrapped), FloatBuffer.wrap(random(300))));
        var refused = assertThrows(
                SafeTensorsException.class, () -> read(file, NamedValues.of(List.of(BIAS), FloatBuffer.allocate(300))));
        assertEquals(
                "Weights are not those of the network: missing=[0.bias], unexpected=[module.0.bias], file=test. All names in the"
                        + " file begin with module. and fit without it: save the inner module's state_dict",
                refused.getMessage());
    }

    @Test
    void missingAndUnexpectedNamesAreListedAndNothingIsWritten() throws IOException {
        byte[] file = written(NamedValues.of(List.of(BIAS), FloatBuffer.wrap(random(300))));
        Parameter other = new Parameter("1.bias", List.of(300));
        float[] into = new float[WEIGHT.size() + other.size()];
        var refused = assertThrows(
                SafeTensorsException.class,
                () -> read(file, NamedValues.of(List.of(WEIGHT, other), FloatBuffer.wrap(into))));
        assertEquals(
                "Weights are not those of the network: missing=[0.weight, 1.bias], unexpected=[0.bias], file=test",
                refused.getMessage());
        assertArrayEquals(new float[into.length], into);
    }

    @Test
    void everyWrongShapeAndTypeIsListed() throws IOException {
        byte[] file = written(List.of(
                new NamedValues(WEIGHT, FloatBuffer.wrap(random(WEIGHT.size()))),
                new NamedValues(COUNT, FloatBuffer.wrap(new float[1]))));
        Parameter transposed = new Parameter("0.weight", List.of(200, 300));
        var refused = assertThrows(
                SafeTensorsException.class,
                () -> read(
                        file,
                        List.of(
                                new NamedValues(transposed, FloatBuffer.allocate(transposed.size())),
                                new NamedValues(COUNT, FloatBuffer.allocate(1), DType.I64))));
        assertEquals(
                "Weights do not fit the network: 0.weight is [300, 200] in the file and [200, 300] in the network;"
                        + " 1.num_batches_tracked is F32 in the file and I64 in the network, file=test",
                refused.getMessage());
    }

    @Test
    void ignorableNamesArePassedOver() throws IOException {
        float[] flat = random(300);
        byte[] file = written(List.of(
                new NamedValues(WEIGHT, FloatBuffer.wrap(random(WEIGHT.size()))),
                new NamedValues(BIAS, FloatBuffer.wrap(flat))));
        float[] read = new float[300];
        SafeTensors.read(
                new ByteArrayInputStream(file),
                "test",
                List.of(new NamedValues(BIAS, FloatBuffer.wrap(read))),
                name -> name.endsWith("weight"));
        assertArrayEquals(flat, read);
    }

    @Test
    void sameNameTwiceIsRefused() {
        NamedValues bias = new NamedValues(BIAS, FloatBuffer.allocate(300));
        var refused = assertThrows(IllegalArgumentException.class, () -> written(List.of(bias, bias)));
        assertEquals("Names must differ: name=0.bias", refused.getMessage());
    }

    @Test
    void valuesMustFillTheShape() {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> new NamedValues(BIAS, FloatBuffer.allocate(299)));
        assertTrue(refused.getMessage().endsWith("parameter=0.bias, shape=[300], values=299"), refused.getMessage());
    }

    /** Neither direction holds a second copy: 32 MB pass through with little more than a piece of memory each. */
    @Test
    void weightsAreStreamed() throws IOException {
        Parameter large = new Parameter("0.weight", List.of(8, 1 << 20));
        List<NamedValues> tensors = List.of(new NamedValues(large, FloatBuffer.wrap(random(large.size()))));
        byte[] file = written(tensors);
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        SafeTensors.write(OutputStream.nullOutputStream(), tensors);
        read(file, tensors);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < file.length / 10, "allocated=" + allocated + ", file=" + file.length);
    }

    private static float[] random(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }

        return values;
    }

    private static byte[] written(List<NamedValues> tensors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeTensors.write(out, tensors);
        return out.toByteArray();
    }

    private static void read(byte[] file, List<NamedValues> into) throws IOException {
        SafeTensors.read(new ByteArrayInputStream(file), "test", into, name -> false);
    }
}
