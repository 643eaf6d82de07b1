package dev.lockstep.driver.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.storage.PlainFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointDirectoryTest {
    @TempDir
    Path folder;

    private CheckpointDirectory directory;

    @BeforeEach
    void open() throws IOException {
        directory = new CheckpointDirectory(
                new org.apache.hadoop.fs.Path(folder.resolve("checkpoints").toUri()), 2, new Configuration());
    }

    @Test
    void hasNoneAtFirst() throws IOException {
        assertTrue(directory.newest((files, found) -> found).isEmpty());
    }

    @Test
    void knowsTheLatestStepEvenOfADamagedOne() throws IOException {
        assertTrue(directory.latestStep().isEmpty());
        write(9);
        write(10);
        Files.delete(folder.resolve("checkpoints/step-10/data"));

        assertEquals(10, directory.latestStep().orElseThrow());
    }

    @Test
    void keepsTheNewestFew() throws IOException {
        for (long step : new long[] {5, 10, 100}) {
            write(step);
        }

        assertFalse(Files.exists(folder.resolve("checkpoints/step-5")));
        assertTrue(Files.exists(folder.resolve("checkpoints/step-10")));
        assertEquals("step-100", newest());
    }

    @Test
    void forgetsWhatARunThatWasBegunAgainHadWrittenLater() throws IOException {
        write(100);
        write(200);
        write(10);

        assertEquals("step-10", newest());
    }

    @Test
    void aFileThatHadoopRefusesIsDamaged() throws IOException {
        write(5);
        write(6);
        Files.write(folder.resolve("checkpoints/step-6/data"), new byte[] {1, 2, 3, 5});

        assertEquals("step-5", newest());
    }

    @Test
    void neverShowsOneThatWasNotFinished() throws IOException {
        write(5);
        assertThrows(
                IOException.class,
                () -> directory.write(6, (files, made) -> {
                    files.create(new org.apache.hadoop.fs.Path(made, "data")).close();
                    throw new IOException("the disk is full");
                }));

        assertEquals("step-5", newest());
    }

    @Test
    void passesOverADamagedOne() throws IOException {
        write(5);
        write(6);
        Files.write(folder.resolve("checkpoints/step-6/data"), new byte[1]);

        assertEquals("step-5", newest());
    }

    @Test
    void saysWhatIsWrongWhenNoneIsWhole() throws IOException {
        write(6);
        Path data = folder.resolve("checkpoints/step-6/data");
        Files.write(data, new byte[] {9, 9, 9}, StandardOpenOption.TRUNCATE_EXISTING);
        Files.deleteIfExists(data.resolveSibling(".data.crc"));

        DataException refused = assertThrows(DataException.class, this::newest);
        assertTrue(
                refused.getMessage().contains("step-6: data is truncated: length=3, expected=4"), refused::getMessage);
    }

    @Test
    void oneOfAnotherStepIsNotThatOfItsFolder() throws IOException {
        write(5);
        write(6);
        Files.move(folder.resolve("checkpoints/step-6"), folder.resolve("checkpoints/step-8"));
        assertEquals("step-5", newest());

        delete("checkpoints/step-5");
        DataException refused = assertThrows(DataException.class, this::newest);
        assertTrue(
                refused.getMessage().contains("step-8: manifest.json is of another step: step=6, expected=8"),
                refused::getMessage);
    }

    @Test
    void oneWhoseManifestListsNothingIsPassedOver() throws IOException {
        write(5);
        write(6);
        Path manifest = folder.resolve("checkpoints/step-6/manifest.json");
        Files.writeString(manifest, "{\"format\": 2, \"step\": 6}");
        Files.deleteIfExists(manifest.resolveSibling(".manifest.json.crc"));

        assertEquals("step-5", newest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "::", "../step-5/data", ".."})
    void oneWhoseManifestListsWhatIsNoFileOfItsOwnIsPassedOver(String name) throws IOException {
        write(5);
        write(6);
        Path manifest = folder.resolve("checkpoints/step-6/manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"data\"", '"' + name + '"'));
        Files.deleteIfExists(manifest.resolveSibling(".manifest.json.crc"));
        assertEquals("step-5", newest());

        delete("checkpoints/step-5");
        DataException refused = assertThrows(DataException.class, this::newest);
        assertTrue(
                refused.getMessage().endsWith("step-6: manifest.json lists what is no file's name: name=" + name),
                refused::getMessage);
    }

    @Test
    void oneThatItsReaderCannotReadIsPassedOver() throws IOException {
        write(5);
        write(6);
        String read = directory
                .newest((files, found) -> {
                    if (found.getName().equals("step-6")) {
                        throw new IOException("state is missing");
                    }
                    return found.getName();
                })
                .orElseThrow();
        assertEquals("step-5", read);
    }

    @Test
    void aFolderWithANumberBeyondAllStepsIsNoCheckpoint() throws IOException {
        write(5);
        Files.createDirectories(folder.resolve("checkpoints/step-99999999999999999999"));
        assertEquals("step-5", newest());
    }

    @Test
    void aFailureLeavesNothingHalfWritten() throws IOException {
        write(5);
        IOException full = assertThrows(
                IOException.class,
                () -> directory.write(6, (files, made) -> {
                    files.create(new org.apache.hadoop.fs.Path(made, "data")).close();
                    FileSystem disk = PlainFiles.of(made, new Configuration());
                    try (OutputStream out = disk.create(new org.apache.hadoop.fs.Path("/dev/full"), true)) {
                        out.write(1);
                    }
                }));
        assertEquals("No space left on device", full.getMessage());
        assertFalse(Files.exists(folder.resolve("checkpoints/.step-6.writing")));
    }

    @Test
    void whatAKilledRunLeftHalfWrittenIsRemoved() throws IOException {
        Files.createDirectories(folder.resolve("checkpoints/.step-4.writing"));
        write(5);
        assertFalse(Files.exists(folder.resolve("checkpoints/.step-4.writing")));
    }

    private String newest() throws IOException {
        return directory.newest((files, found) -> found.getName()).orElseThrow();
    }

    private void delete(String name) throws IOException {
        org.apache.hadoop.fs.Path path =
                new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
        path.getFileSystem(new Configuration()).delete(path, /* recursive */ true);
    }

    private void write(long step) throws IOException {
        directory.write(step, (files, made) -> {
            try (OutputStream out = files.create(new org.apache.hadoop.fs.Path(made, "data"))) {
                out.write(new byte[] {1, 2, 3, 4});
            }
        });
    }
}
