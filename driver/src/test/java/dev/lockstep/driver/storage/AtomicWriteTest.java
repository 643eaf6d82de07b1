package dev.lockstep.driver.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicWriteTest {
    @TempDir
    Path folder;

    private FileSystem files;

    @BeforeEach
    void open() throws IOException {
        files = PlainFiles.of(path("x"), new Configuration());
    }

    private org.apache.hadoop.fs.Path path(String name) {
        return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
    }

    private static AtomicWrite.Content<OutputStream> text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileTakesThePlaceOfAnother() throws IOException {
        AtomicWrite.file(files, path("a"), text("one"));
        AtomicWrite.file(files, path("a"), text("two"));

        assertEquals("two", Files.readString(folder.resolve("a")));
        assertEquals(List.of("a"), names());
    }

    @Test
    void theOldFileIsThereUntilTheNewOneIsWhole() throws IOException {
        AtomicWrite.file(files, path("a"), text("old"));
        AtomicWrite.file(files, path("a"), out -> {
            out.write('n');
            out.flush();
            assertEquals("old", Files.readString(folder.resolve("a")));
        });

        assertEquals("n", Files.readString(folder.resolve("a")));
    }

    @Test
    void aFailureLeavesWhatWasThereAndNothingElse() throws IOException {
        AtomicWrite.file(files, path("a"), text("old"));
        IOException failed = assertThrows(
                IOException.class,
                () -> AtomicWrite.file(files, path("a"), out -> {
                    out.write('n');
                    throw new IOException("the line is cut");
                }));

        assertEquals("the line is cut", failed.getMessage());
        assertEquals("old", Files.readString(folder.resolve("a")));
        assertEquals(List.of("a"), names());
    }

    @Test
    void aFolderTakesThePlaceOfAnotherWithAllThatIsInIt() throws IOException {
        AtomicWrite.folder(files, path("model"), made -> write(made, "weights-1"));
        AtomicWrite.folder(files, path("model"), made -> write(made, "weights"));

        assertFalse(Files.exists(folder.resolve("model/weights-1")));
        assertEquals("weights", Files.readString(folder.resolve("model/weights")));
        assertEquals(List.of("model"), names());
    }

    @Test
    void aFolderThatFailsLeavesTheOldOne() throws IOException {
        AtomicWrite.folder(files, path("model"), made -> write(made, "weights"));
        IllegalStateException failed = assertThrows(
                IllegalStateException.class,
                () -> AtomicWrite.folder(files, path("model"), made -> {
                    write(made, "half");
                    throw new IllegalStateException("no weights");
                }));
        assertEquals("no weights", failed.getMessage());

        assertEquals("weights", Files.readString(folder.resolve("model/weights")));
        assertEquals(List.of("model"), names());
    }

    @Test
    void aFullDiskIsAnExceptionAndLeavesNothing() throws IOException {
        org.apache.hadoop.fs.Path file = FullDisk.path(folder.resolve("a"));
        FileSystem full = PlainFiles.of(file, FullDisk.configuration());
        IOException failed = assertThrows(IOException.class, () -> AtomicWrite.file(full, file, text("new")));

        assertEquals("No space left on device", failed.getMessage());
        assertEquals(List.of(), names());
    }

    private void write(org.apache.hadoop.fs.Path made, String name) throws IOException {
        try (OutputStream out = files.create(new org.apache.hadoop.fs.Path(made, name))) {
            out.write(name.getBytes(StandardCharsets.UTF_8));
        }
    }
}
