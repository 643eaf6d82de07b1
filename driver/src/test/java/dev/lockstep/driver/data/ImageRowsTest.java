package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.job.Validation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class ImageRowsTest {
    @TempDir
    Path folder;

    @Test
    void foldersAreClassesByName() throws IOException {
        write("dog/1.png", "png", BufferedImage.TYPE_BYTE_GRAY, 100);
        write("cat/2.png", "png", BufferedImage.TYPE_BYTE_GRAY, 50);
        write("cat/1.PNG", "png", BufferedImage.TYPE_BYTE_GRAY, 7);
        Files.writeString(folder.resolve("cat/notes.txt"), "no image");
        TrainingData data = load(TargetSpec.classes(2), 1, 2, 2);
        assertEquals(List.of("cat", "dog"), data.encoding().classes().names());
        assertEquals(
                List.of(
                        List.of(7f, 7f, 7f, 7f, 0f),
                        List.of(50f, 50f, 50f, 50f, 0f),
                        List.of(100f, 100f, 100f, 100f, 1f)),
                Loaded.rows(data.training()));
    }

    @Test
    void validationHasTheClassesOfTrainingWhateverFoldersItLacks() throws IOException {
        write("train/cat/1.png", "png", BufferedImage.TYPE_BYTE_GRAY, 10);
        write("train/dog/1.png", "png", BufferedImage.TYPE_BYTE_GRAY, 20);
        write("train/owl/1.png", "png", BufferedImage.TYPE_BYTE_GRAY, 30);
        write("test/owl/1.png", "png", BufferedImage.TYPE_BYTE_GRAY, 31);
        write("test/dog/1.png", "png", BufferedImage.TYPE_BYTE_GRAY, 21);
        PackedData validation = load(images("train")
                        .validation(Validation.from(images("test").train())))
                .validation()
                .orElseThrow();
        assertEquals(
                List.of(List.of(21f, 1f), List.of(31f, 2f)),
                Loaded.rows(validation).stream()
                        .map(row -> List.of(row.get(0), row.get(4)))
                        .toList());

        write("test/emu/1.png", "png", BufferedImage.TYPE_BYTE_GRAY, 40);
        Data strange = images("train").validation(Validation.from(images("test").train()));
        String message = assertThrows(DataException.class, () -> load(strange)).getMessage();
        assertTrue(message.startsWith("Folders must be classes of the training data: path="), message);
        assertTrue(message.endsWith("others=[emu], classes=[cat, dog, owl]"), message);
    }

    @Test
    void imagesWithoutLabelsNeedNoFolders() throws IOException {
        write("b.png", "png", BufferedImage.TYPE_BYTE_GRAY, 2);
        write("a.png", "png", BufferedImage.TYPE_BYTE_GRAY, 1);
        write("more/c.png", "png", BufferedImage.TYPE_BYTE_GRAY, 3);
        assertEquals(
                List.of(List.of(1f), List.of(2f), List.of(3f)),
                Loaded.rows(load(TargetSpec.none(), 1, 1, 1).training()));
    }

    private Data images(String name) {
        return new Data(new Source(folder.resolve(name).toString(), "images", Map.of()))
                .shape(1, 2, 2)
                .shuffle(false);
    }

    private static TrainingData load(Data data) {
        return TrainingData.load(LocalSpark.session(), data, TargetSpec.classes(3), new DealSettings(2, 2, 1));
    }

    @Test
    void coloursComeChannelAfterChannel() throws IOException {
        write("a/1.png", "png", BufferedImage.TYPE_INT_RGB, 0x0A141E);
        assertEquals(
                List.of(10f, 20f, 30f, 0f),
                Loaded.rows(load(TargetSpec.classes(0), 3, 1, 1).training()).get(0));
        assertEquals(0.299f * 10 + 0.587f * 20 + 0.114f * 30, first(load(TargetSpec.classes(0), 1, 1, 1)), 1e-4f);
    }

    @Test
    void transparencyAndPalettesDoNotMatter() throws IOException {
        write("a/1.png", "png", BufferedImage.TYPE_INT_ARGB, 0x400A141E);
        assertEquals(
                List.of(10f, 20f, 30f, 0f),
                Loaded.rows(load(TargetSpec.classes(0), 3, 1, 1).training()).get(0));
        write("a/1.png", "png", BufferedImage.TYPE_BYTE_INDEXED, 0x336699);
        assertEquals(
                List.of(51f, 102f, 153f, 0f),
                Loaded.rows(load(TargetSpec.classes(0), 3, 1, 1).training()).get(0));
    }

    @Test
    void greyOfSixteenBitsReachesFrom0To255() throws IOException {
        write("a/1.png", "png", BufferedImage.TYPE_USHORT_GRAY, 0x8080);
        assertEquals(128f, first(load(TargetSpec.classes(0), 3, 1, 1)), 1e-3f);
    }

    @Test
    void jpegIsRead() throws IOException {
        write("a/1.jpg", "jpg", BufferedImage.TYPE_INT_RGB, 0x646464);
        assertEquals(100f, first(load(TargetSpec.classes(0), 3, 4, 4)), 2f);
    }

    @Test
    void whatDoesNotFitIsReported() throws IOException {
        expect("Folder has no images in folders of classes: path=", TargetSpec.classes(0), 1, 2, 2);
        write("a/1.png", "png", BufferedImage.TYPE_INT_RGB, 0);
        write("b/1.png", "png", BufferedImage.TYPE_INT_RGB, 0);
        expect("Images need a shape of 1 or 3 channels, height and width: path=", TargetSpec.classes(0), 2, 2);
        expect("Images have more classes than the network: path=", TargetSpec.classes(1), 3, 2, 2);
        Files.writeString(folder.resolve("b/2.png"), "this is no picture");
        expect("File must be a PNG or JPEG image: file=", TargetSpec.classes(2), 3, 2, 2);
        byte[] whole = Files.readAllBytes(folder.resolve("b/1.png"));
        Files.write(folder.resolve("b/2.png"), java.util.Arrays.copyOf(whole, 40));
        String message = expect("Image cannot be decoded", TargetSpec.classes(2), 3, 2, 2);
        assertTrue(message.contains("row=3") && message.endsWith("b/2.png"), message);
    }

    private String expect(String start, TargetSpec targets, Integer... shape) {
        String message =
                assertThrows(DataException.class, () -> load(targets, shape)).getMessage();
        assertTrue(message.startsWith(start), message);
        return message;
    }

    private static float first(TrainingData data) {
        return Loaded.rows(data.training()).get(0).get(0);
    }

    private TrainingData load(TargetSpec targets, Integer... shape) {
        Data data = new Data(new Source(folder.toString(), "images", Map.of()))
                .shape(shape)
                .shuffle(false);
        return TrainingData.load(LocalSpark.session(), data, targets, new DealSettings(2, 2, 1));
    }

    /** 4 × 4 pixels of one colour; of grey, the sample itself. */
    private void write(String file, String format, int type, int colour) throws IOException {
        BufferedImage image = new BufferedImage(4, 4, type);
        boolean grey = image.getRaster().getNumBands() == 1 && type != BufferedImage.TYPE_BYTE_INDEXED;
        for (int i = 0; i < 16; i++) {
            if (grey) {
                image.getRaster().setSample(i % 4, i / 4, 0, colour);
            } else {
                image.setRGB(i % 4, i / 4, colour >>> 24 == 0 ? colour | 0xFF000000 : colour);
            }
        }
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        assertTrue(ImageIO.write(image, format, path.toFile()));
    }
}
