package dev.lockstep.driver.data.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsTest {
    private static final int PIXELS = Digits.SIDE * Digits.SIDE;

    /**
     * Should this fail, the examples would train on other images than in earlier releases, or on other ones on other
     * machines.
     */
    @Test
    void bytesStayWhatTheyWere() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Digits digits = new Digits(7);
        for (int i = 0; i < 200; i++) {
            digest.update((byte) digits.label(i));
            digest.update(digits.image(i));
        }
        assertEquals(
                "971b10b94165aca97ce7f48091fa3e00332df227219126f1ccb87f968bcd4421",
                HexFormat.of().formatHex(digest.digest()));
    }

    @Test
    void imagesAreAFunctionOfSeedAndIndex() {
        byte[] late = new Digits(3).image(4711);
        assertArrayEquals(late, new Digits(3).image(4711));
        assertFalse(Arrays.equals(late, new Digits(4).image(4711)));
        assertFalse(Arrays.equals(late, new Digits(3).image(4712)));
    }

    @Test
    void everyTenImagesHoldEachDigitOnce() {
        Digits digits = new Digits(1);
        int moved = 0;
        for (int start = 0; start < 1000; start += 10) {
            boolean[] seen = new boolean[10];
            for (int i = start; i < start + 10; i++) {
                seen[digits.label(i)] = true;
                moved += digits.label(i) == i % 10 ? 0 : 1;
            }
            for (boolean present : seen) {
                assertTrue(present);
            }
        }
        assertEquals(900, moved, 60);
    }

    @Test
    void filesAreIdx(@TempDir Path folder) throws IOException {
        Path images = folder.resolve("new/images");
        Path labels = folder.resolve("new/labels");
        Digits digits = new Digits(5);
        digits.write(images, labels, 25);

        ByteBuffer image = ByteBuffer.wrap(Files.readAllBytes(images));
        assertEquals(
                List.of(0x803, 25, 28, 28), List.of(image.getInt(), image.getInt(), image.getInt(), image.getInt()));
        assertEquals(25 * PIXELS, image.remaining());
        ByteBuffer label = ByteBuffer.wrap(Files.readAllBytes(labels));
        assertEquals(List.of(0x801, 25), List.of(label.getInt(), label.getInt()));
        for (int i = 0; i < 25; i++) {
            byte[] read = new byte[PIXELS];
            image.get(read);
            assertArrayEquals(digits.image(i), read);
            assertEquals(digits.label(i), label.get());
        }
        assertFalse(label.hasRemaining());
        try (Stream<Path> left = Files.list(folder.resolve("new"))) {
            assertEquals(2, left.count());
        }
    }

    @Test
    void digitsAreInkOnDarkPaper() {
        Digits digits = new Digits(2);
        for (int i = 0; i < 500; i++) {
            int bright = 0;
            for (byte pixel : digits.image(i)) {
                bright += (pixel & 0xFF) > 110 ? 1 : 0;
            }
            assertTrue(bright > 15 && bright < PIXELS / 2, "image=" + i + ", bright=" + bright);
        }
    }

    /** The mean image of a class tells most digits apart, but far from all: there is something to learn. */
    @Test
    void digitsAreNeitherTrivialNorHopeless() {
        Digits digits = new Digits(1);
        double[][] means = new double[10][PIXELS];
        for (int i = 0; i < 3000; i++) {
            byte[] image = digits.image(i);
            for (int p = 0; p < PIXELS; p++) {
                means[digits.label(i)][p] += (image[p] & 0xFF) / 300.0;
            }
        }

        int right = 0;
        for (int i = 3000; i < 4000; i++) {
            right += nearest(means, digits.image(i)) == digits.label(i) ? 1 : 0;
        }
        assertTrue(right > 600 && right < 900, "right=" + right);
    }

    private static int nearest(double[][] means, byte[] image) {
        int nearest = 0;
        double least = Double.MAX_VALUE;
        for (int digit = 0; digit < 10; digit++) {
            double distance = 0;
            for (int p = 0; p < PIXELS; p++) {
                double difference = (image[p] & 0xFF) - means[digit][p];
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                nearest = digit;
            }
        }

        return nearest;
    }
}
