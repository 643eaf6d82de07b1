package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.optim.schedule.CosineAnnealing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The job files that the project shows to people. */
class ExamplesTest {
    private static final List<Path> FOLDERS = List.of(Path.of("../examples"), Path.of("../bench/jobs"));

    static List<Path> files() throws IOException {
        try (Stream<Path> all = FOLDERS.stream().filter(Files::isDirectory).flatMap(ExamplesTest::list)) {
            return all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachIsRead(Path file) {
        Job job = JobFile.read(file, List.of());
        assertTrue(job.train().epochs() > 0);
    }

    @Test
    void thereAreSome() throws IOException {
        assertTrue(files().size() > 0);
    }

    @Test
    void theOneOfTheDocumentationIsRead(@TempDir Path folder) throws IOException {
        String page = Files.readString(Path.of("../docs/job-file.md"));
        String yaml = page.substring(page.indexOf("```yaml\n") + 8);
        Path file = folder.resolve("digits.yaml");
        Files.writeString(file, yaml.substring(0, yaml.indexOf("```")));

        Job job = JobFile.read(file, List.of());
        assertEquals("digits", job.name());
        assertEquals(6, job.model().layers().size());
        assertEquals(new CosineAnnealing(20), job.schedule());
        assertEquals(new Checkpoint("runs/digits/checkpoints", new Every(1, IntervalUnit.EPOCH), 3), job.checkpoint());
    }
}
