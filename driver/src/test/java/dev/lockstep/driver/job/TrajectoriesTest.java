package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The job files of PyTorch's reference runs. */
class TrajectoriesTest {
    static List<Path> jobs() throws IOException, URISyntaxException {
        String dir = System.getProperty("golden.dir");
        URL resource = TrajectoriesTest.class.getResource("/golden/trajectories");
        Path folder = dir == null || !Files.isDirectory(Path.of(dir, "trajectories"))
                ? Path.of(resource.toURI())
                : Path.of(dir, "trajectories");
        try (Stream<Path> runs = Files.list(folder)) {
            return runs.map(run -> run.resolve("job.yaml"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void eachIsRead(Path file) {
        Job job = JobFile.read(file, List.of());

        assertEquals(file.getParent().getFileName().toString(), job.name());
        assertEquals(
                "file:" + file.resolveSibling("start.safetensors"), job.model().weights());
        assertEquals(List.of(List.of("x0..x63")), job.data().features().groups());
        assertEquals(List.of("label"), job.data().label());
        assertFalse(job.data().shuffle());
        assertFalse(job.model().layers().isEmpty());
        assertEquals(2, job.train().epochs());
        assertEquals("out", job.output());
        assertEquals(1, job.updateRule(36, 18).groups().size());
    }

    @Test
    void thereAreSome() throws Exception {
        assertTrue(jobs().size() > 0);
    }
}
