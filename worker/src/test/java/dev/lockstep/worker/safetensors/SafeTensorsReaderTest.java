package dev.lockstep.worker.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsReaderTest {
    private static final String TWO = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]}}";

    @Test
    void readsEveryTypeAsFloat() throws IOException {
        assertArrayEquals(
                new float[] {1.5f, -0.1f}, floats("F64", data(16).putDouble(1.5).putDouble(-0.1)));
        assertArrayEquals(
                new float[] {1.5f, -0.1f}, floats("F32", data(8).putFloat(1.5f).putFloat(-0.1f)));
        assertArrayEquals(new float[] {7, -9}, floats("I64", data(16).putLong(7).putLong(-9)));
        assertArrayEquals(new float[] {7, -9}, floats("I32", data(8).putInt(7).putInt(-9)));
        assertArrayEquals(
                new float[] {1, -2.5f, Float.POSITIVE_INFINITY, Float.NaN},
                floats("BF16", shorts(0x3F80, 0xC020, 0x7F80, 0x7FC0)));
    }

    /** Values from the table of IEEE 754 binary16. */
    @Test
    void readsHalfPrecision() throws IOException {
        float[] expected = {
            1, -2, 65504, 0x1p-14f, 0x1p-24f, -0f, 0.333251953125f, Float.NEGATIVE_INFINITY, Float.NaN, 0x1.ff8p-15f
        };
        int[] bits = {0x3C00, 0xC000, 0x7BFF, 0x0400, 0x0001, 0x8000, 0x3555, 0xFC00, 0x7E00, 0x03FF};
        assertArrayEquals(expected, floats("F16", shorts(bits)));
    }

    @Test
    void refusesValuesThatFloatCannotHold() {
        var wide = assertThrows(SafeTensorsException.class, () -> floats("F64", data(8).putDouble(1e300)));
        assertEquals("Value is too large for float32: name=a, dtype=F64, value=1.0E300, file=test", wide.getMessage());
        var whole = assertThrows(SafeTensorsException.class, () -> floats("I64", data(8).putLong(1 << 25)));
        assertTrue(whole.getMessage().startsWith("Value is too large for float32: name=a, dtype=I64"));
    }

    @Test
    void emptyTensorsAndEmptyFilesAreRead() throws IOException {
        assertTrue(SafeTensors.readAll(stream(file("{}", data(0))), "test").isEmpty());
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,0],\"data_offsets\":[0,0]}}";
        assertEquals(
                0, SafeTensors.readAll(stream(file(header, data(0))), "test").get("a").length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|reason=it is not a JSON object",
                "{} {}|reason=something follows the JSON object",
                "{\"a\":3}|reason=a is not an object",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}|reason=a lacks dtype, shape or data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}|reason=a has data_offsets=[0]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"c\":1}}|reason=a has the unknown key c",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}|reason=a has a negative extent: shape=[-1]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}|reason=a has no whole numbers in shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":7,\"data_offsets\":[0,4]}}|reason=a has no list as shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3000000000],\"data_offsets\":[0,4]}}|reason=a is too large",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2000000000,2000000000,9],\"data_offsets\":[0,4]}}|reason=a is too large",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}|dtype=U8, read=[F64, F32, F16, BF16, I64, I32]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|offsets do not fit its shape: name=a, dtype=F32, shape=[2], data_offsets=[0, 4]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|Gap before a tensor: name=a",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}|Tensor overlaps the one before: name=a",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|Tensor overlaps the one before: name=b",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|Duplicate field 'a'",
                "{\"a\":|Unexpected end-of-input",
            })
    void damagedHeadersAreRefused(String header, String reason) {
        var refused = assertThrows(
                SafeTensorsException.class, () -> SafeTensors.readAll(stream(file(header, data(8))), "test"));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
        assertTrue(refused.getMessage().endsWith("file=test"), refused.getMessage());
    }

    @Test
    void headersLongerThanAllowedAreRefused() {
        byte[] file = "PK a zip archive, for instance".getBytes(UTF_8);
        var refused = assertThrows(SafeTensorsException.class, () -> SafeTensors.readAll(stream(file), "test"));
        assertTrue(
                refused.getMessage()
                        .startsWith("Header is longer than allowed, so this is no safetensors file: length="),
                refused.getMessage());
        assertTrue(refused.getMessage().endsWith("limit=100000000, file=test"), refused.getMessage());
    }

    @Test
    void truncatedFilesAreRefusedWhereverTheyEnd() throws IOException {
        byte[] file = file(TWO, data(16).putFloat(1).putFloat(2).putLong(3));
        assertEquals(2, SafeTensors.readAll(stream(file), "test").size());
        for (int length = 0; length < file.length; length++) {
            byte[] truncated = Arrays.copyOf(file, length);
            var refused =
                    assertThrows(SafeTensorsException.class, () -> SafeTensors.readAll(stream(truncated), "test"));
            assertTrue(refused.getMessage().matches("File (is too short|ends inside).*"), refused.getMessage());
        }
    }

    @Test
    void truncationNamesTheTensor() {
        byte[] file = file(TWO, data(12).putFloat(1).putFloat(2).putInt(3));
        var refused = assertThrows(SafeTensorsException.class, () -> SafeTensors.readAll(stream(file), "test"));
        assertEquals("File ends inside a tensor: name=b, missing=4 bytes, file=test", refused.getMessage());
    }

    @Test
    void extendedFilesAreRefused() {
        byte[] file = file(TWO, data(17).putFloat(1).putFloat(2).putLong(3).put((byte) 0));
        var refused = assertThrows(SafeTensorsException.class, () -> SafeTensors.readAll(stream(file), "test"));
        assertEquals("Bytes follow the last tensor: tensors=2, file=test", refused.getMessage());
    }

    /**
     * Either the flipped bit is in a name or a number, or the answer is a {@link SafeTensorsException}: never another
     * exception.
     */
    @Test
    void flippedBitsNeverLeadToAnotherException() throws IOException {
        byte[] file = file(TWO, data(16).putFloat(1).putFloat(2).putLong(3));
        int refused = 0;
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] flipped = file.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertEquals(2, SafeTensors.readAll(stream(flipped), "test").size());
            } catch (SafeTensorsException e) {
                refused++;
            }
        }
        assertTrue(refused > TWO.length() * 4, "refused=" + refused);
    }

    @Test
    void finishDemandsThatEverythingWasRead() throws IOException {
        SafeTensorsReader reader = SafeTensorsReader.open(stream(file(TWO, data(16))), "test");
        reader.skip();
        assertEquals(
                "Not all tensors were read: read=1, tensors=2, file=test",
                assertThrows(IllegalStateException.class, reader::finish).getMessage());
    }

    private static float[] floats(String dtype, ByteBuffer data) throws IOException {
        int count = data.capacity() / DType.valueOf(dtype).length();
        float[] values = new float[count];
        open(dtype, count, data).read(FloatBuffer.wrap(values));
        return values;
    }

    private static SafeTensorsReader open(String dtype, int count, ByteBuffer data) throws IOException {
        String header = "{\"a\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
                .formatted(dtype, count, data.capacity());
        return SafeTensorsReader.open(stream(file(header, data)), "test");
    }

    private static ByteBuffer shorts(int... bits) {
        ByteBuffer data = data(2 * bits.length);
        for (int b : bits) {
            data.putShort((short) b);
        }

        return data;
    }

    private static ByteBuffer data(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] file(String header, ByteBuffer data) {
        byte[] json = header.getBytes(UTF_8);
        return data(8 + json.length + data.capacity())
                .putLong(json.length)
                .put(json)
                .put(data.array())
                .array();
    }

    private static ByteArrayInputStream stream(byte[] file) {
        return new ByteArrayInputStream(file);
    }
}
