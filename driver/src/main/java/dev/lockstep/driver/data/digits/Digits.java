package dev.lockstep.driver.data.digits;

import dev.lockstep.driver.storage.WholeFile;
import dev.lockstep.params.init.Draws;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/**
 * An endless collection of images of digits, 28 × 28, light on dark. Immutable.
 *
 * <p>Image i and its label are functions of (seed, i) alone, the same on every machine. Every ten images in a row hold
 * each digit once, in random order.
 */
public final class Digits {
    /** Pixels of a side. */
    public static final int SIDE = 28;

    private static final int CLASSES = 10;

    private final Draws images;
    private final Draws order;

    public Digits(long seed) {
        this.images = Draws.of(seed, "digits/images");
        this.order = Draws.of(seed, "digits/order");
    }

    /** What image {@code index} shows, 0 to 9. */
    public int label(int index) {
        int[] digits = new int[CLASSES];
        Draws shuffle = order.fork(index / CLASSES);
        for (int k = 0; k < CLASSES; k++) {
            int place = shuffle.below(k + 1, k);
            digits[k] = digits[place];
            digits[place] = k;
        }

        return digits[index % CLASSES];
    }

    /** The brightness of each pixel, row after row, as unsigned bytes. A new array. */
    public byte[] image(int index) {
        // java.util.Random's algorithm is part of its specification, so it may be relied on.
        Random random = new Random(images.bits(index));
        Canvas canvas = new Canvas(SIDE);
        new Hand(random).write(label(index), canvas);
        return canvas.bytes(random);
    }

    /**
     * Writes the first {@code count} images and labels as IDX files, each beside its place first and then renamed, so
     * that no file is ever half there. Missing folders are made.
     */
    public void write(Path imageFile, Path labelFile, int count) throws IOException {
        writeWhole(labelFile, new int[] {count}, index -> new byte[] {(byte) label(index)});
        writeWhole(imageFile, new int[] {count, SIDE, SIDE}, this::image);
    }

    private interface Items {
        byte[] at(int index);
    }

    private static void writeWhole(Path file, int[] extents, Items items) throws IOException {
        WholeFile.write(file, out -> {
            try (IdxWriter writer = new IdxWriter(out, extents)) {
                for (int index = 0; index < extents[0]; index++) {
                    writer.write(items.at(index));
                }
            }
        });
    }
}
