package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.digits.IdxWriter;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class IdxRowsTest {
    private static final String IMAGES = "train-images-idx3-ubyte";
    private static final String LABELS = "train-labels-idx1-ubyte";

    @TempDir
    Path folder;

    @Test
    void imagesAndLabelsComeTogether() throws IOException {
        // More than the 4 Mi numbers of one partition.
        write(IMAGES, 6000, 28, 28);
        write(LABELS, 6000);
        TrainingData data = load(IMAGES, Map.of(), TargetSpec.classes(251));
        assertEquals(List.of(1, 28, 28), data.shape());
        assertEquals(6000, data.training().examples());
        requireRows(data.training());
    }

    @Test
    void packedFilesAreUnpacked() throws IOException {
        write(IMAGES + ".gz", 6000, 28, 28);
        write(LABELS + ".gz", 6000);
        requireRows(load(IMAGES + ".gz", Map.of(), TargetSpec.classes(251)).training());
    }

    private static void requireRows(PackedData data) {
        for (int row : new int[] {0, 1, 5348, 5349, 5999}) {
            List<Float> numbers = Loaded.row(data, row);
            assertEquals(row * 784 % 251f, numbers.get(0));
            assertEquals((row * 784 + 783) % 251f, numbers.get(783));
            assertEquals(row % 251f, numbers.get(784));
        }
    }

    @Test
    void allTypesAreRead() throws IOException {
        write("names", 3);
        int[] codes = {0x09, 0x0B, 0x0C, 0x0D, 0x0E};
        for (int code : codes) {
            ByteBuffer file = ByteBuffer.allocate(12 + 3 * 2 * 8)
                    .putInt(code << 8 | 2)
                    .putInt(3)
                    .putInt(2);
            for (int value : new int[] {-1, 2, -3, 4, -5, 6}) {
                put(file, code, value);
            }
            Files.write(folder.resolve("data"), Arrays.copyOf(file.array(), file.position()));
            PackedData read = load(
                            "data", Map.of("labels", folder.resolve("names").toString()), TargetSpec.values())
                    .training();
            assertEquals(List.of(-5f, 6f, 2f), Loaded.rows(read).get(2), "type " + code);
        }
    }

    private static void put(ByteBuffer file, int code, int value) {
        switch (code) {
            case 0x09 -> file.put((byte) value);
            case 0x0B -> file.putShort((short) value);
            case 0x0C -> file.putInt(value);
            case 0x0D -> file.putFloat(value);
            default -> file.putDouble(value);
        }
    }

    @Test
    void predictionNeedsNoLabels() throws IOException {
        write("any", 5, 2, 2);
        assertEquals(
                4,
                Loaded.rows(load("any", Map.of(), TargetSpec.none()).training())
                        .get(0)
                        .size());
    }

    @Test
    void whatDoesNotFitIsReported() throws IOException {
        expect("Data cannot be read: file=", "FileNotFoundException", IMAGES);
        write(IMAGES, 5, 2, 2);
        write(LABELS, 4);
        expect("IDX files must have as many labels as images: images=5, labels=4, file=", LABELS, IMAGES);
        write("other", 5, 2, 2);
        expect("IDX labels have no file: path=", "option labels", "other");
        Files.writeString(folder.resolve("text"), "no numbers");
        expect("File is not in IDX format: file=", "first bytes=0x6e6f206e", "text");
        Files.write(folder.resolve(IMAGES), Arrays.copyOf(Files.readAllBytes(folder.resolve(IMAGES)), 30));
        expect("IDX file has not the length that its header says: file=", "bytes=30, expected=36", IMAGES);
    }

    @Test
    void aLabelOutOfRangeIsReported() throws IOException {
        write(IMAGES, 9, 2, 2);
        write(LABELS, 9);
        String message = assertThrows(DataException.class, () -> load(IMAGES, Map.of(), TargetSpec.classes(7)))
                .getMessage();
        assertTrue(message.startsWith("Label must be a class number from 0 to 6: file="), message);
        assertTrue(message.endsWith("row=8, column=label, value=7"), message);
    }

    private void expect(String start, String part, String file) {
        String message = assertThrows(DataException.class, () -> load(file, Map.of(), TargetSpec.classes(7)))
                .getMessage();
        assertTrue(message.startsWith(start) && message.contains(part), message);
    }

    private TrainingData load(String file, Map<String, String> options, TargetSpec targets) {
        Data data = new Data(new Source(folder.resolve(file).toString(), "idx", options)).shuffle(false);
        return TrainingData.load(LocalSpark.session(), data, targets, new DealSettings(2, 4, 1));
    }

    /** Value i is i mod 251. */
    private void write(String file, int... extents) throws IOException {
        byte[] values = new byte[Arrays.stream(extents).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i % 251);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = file.endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes;
                IdxWriter writer = new IdxWriter(out, extents)) {
            writer.write(values);
        }
        Files.write(folder.resolve(file), bytes.toByteArray());
    }
}
