package dev.lockstep.driver.report.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;

/**
 * Reads event files by TensorFlow's own messages. Records are taken apart and their sums checked by code that shares
 * nothing with what wrote them: CRC-32C bit by bit, as RFC 3720 defines it.
 */
public final class EventFiles {
    private static final int POLYNOMIAL = 0x82f63b78;

    private EventFiles() {}

    /** The events of a folder's files, in the order of their names, each file's in its order. */
    public static List<Event> read(Path folder) throws IOException {
        List<Event> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                events.addAll(events(Files.newInputStream(file)));
            }
        }
        return events;
    }

    /** The events of one file. */
    public static List<Event> events(InputStream file) throws IOException {
        List<Event> events = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file.readAllBytes()))) {
            while (in.available() > 0) {
                byte[] length = in.readNBytes(Long.BYTES);
                assertEquals(masked(length), Integer.reverseBytes(in.readInt()));
                byte[] data = in.readNBytes((int) little(length));
                assertEquals(masked(data), Integer.reverseBytes(in.readInt()));
                events.add(Event.parseFrom(data));
            }
        } finally {
            file.close();
        }
        return events;
    }

    /** What has been written under a tag, in order. */
    static List<Summary.Value> values(List<Event> events, String tag) {
        return events.stream()
                .flatMap(event -> event.getSummary().getValueList().stream())
                .filter(value -> value.getTag().equals(tag))
                .toList();
    }

    /** Names of the files of a folder. */
    static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long little(byte[] bytes) {
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }

    private static int masked(byte[] bytes) {
        int crc = crc(bytes);
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    static int crc(byte[] bytes) {
        int crc = ~0;
        for (byte next : bytes) {
            crc ^= next & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ POLYNOMIAL & -(crc & 1);
            }
        }
        return ~crc;
    }
}
