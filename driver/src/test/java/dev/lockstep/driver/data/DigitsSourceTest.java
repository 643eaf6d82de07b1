package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.data.source.drawn.DigitsSource;
import dev.lockstep.driver.job.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsSourceTest {
    @TempDir
    private Path folder;

    @Test
    void drawsAPairOfIdxFilesOfTheWantedLength() throws IOException {
        Source drawn = DigitsSource.drawn(source(30, 7));

        assertEquals("idx", drawn.format());
        assertEquals(16 + 30 * 28 * 28, Files.size(images(drawn)));
        assertEquals(8 + 30, Files.size(file(drawn.options().get("labels"))));
    }

    @Test
    void leavesWhatWasDrawnBefore() throws IOException {
        Path images = images(DigitsSource.drawn(source(10, 7)));
        FileTime longAgo = FileTime.fromMillis(1000);
        Files.setLastModifiedTime(images, longAgo);

        assertEquals(images, images(DigitsSource.drawn(source(10, 7))));
        assertEquals(longAgo, Files.getLastModifiedTime(images));
    }

    @Test
    void neverMixesUpTwoSeeds() throws IOException {
        Path seven = images(DigitsSource.drawn(source(10, 7)));
        Path eight = images(DigitsSource.drawn(source(10, 8)));

        assertNotEquals(seven, eight);
        assertTrue(Files.mismatch(seven, eight) >= 0);
    }

    @Test
    void drawsTheSameDigitsInAnyFolder() throws IOException {
        Path here = images(DigitsSource.drawn(source(10, 7)));
        Source elsewhere = new Source(folder.resolve("b").toString()).format(Source.DIGITS);
        Path there =
                images(DigitsSource.drawn(elsewhere.option("examples", "10").option("seed", "7")));

        assertArrayEquals(Files.readAllBytes(here), Files.readAllBytes(there));
    }

    @Test
    void refusesWhatItCannotDraw() {
        assertRefused("option=examples, value=0", source(0, 7));
        assertRefused("option=seed, value=x", source(1, 7).option("seed", "x"));
        assertRefused("option=header", source(1, 7).option("header", "true"));
        assertRefused("local folder: path=hdfs://a/b", new Source("hdfs://a/b").format(Source.DIGITS));
    }

    private static void assertRefused(String said, Source source) {
        DataException refused = assertThrows(DataException.class, () -> DigitsSource.drawn(source));
        assertTrue(refused.getMessage().contains(said), refused.getMessage());
    }

    private Source source(int examples, long seed) {
        return new Source(folder.resolve("a b").toString())
                .format(Source.DIGITS)
                .option("examples", Integer.toString(examples))
                .option("seed", Long.toString(seed));
    }

    private static Path images(Source drawn) {
        return file(drawn.path());
    }

    private static Path file(String path) {
        return Path.of(path.substring("file:".length()));
    }
}
