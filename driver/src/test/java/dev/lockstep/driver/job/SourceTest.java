package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {
    @ParameterizedTest
    @CsvSource({
        "a/b.csv, csv",
        "hdfs://h/B.CSV.gz, csv",
        "a.jsonl, json",
        "a.svm, libsvm",
        "train-images-idx3-ubyte, idx",
        "train-images.idx3-ubyte.gz, idx",
        "a/v1.2, parquet",
        "a/, parquet",
        "part-*.orc, orc",
    })
    void theFormatIsToldByTheName(String path, String format) {
        assertEquals(format, new Source(path).format());
    }

    @Test
    void onlyRandomExamplesNeedNoPath() {
        assertEquals(Map.of("examples", "9", "seed", "4"), Source.random(9, 4).options());
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> new Source(null, "csv", Map.of()));
        assertEquals("path is missing: format=csv", thrown.getMessage());
    }

    @Test
    void relativePathsAreLookedForInBothFolders(@TempDir Path job, @TempDir Path working) throws IOException {
        Files.createFile(job.resolve("both.csv"));
        Files.createFile(working.resolve("both.csv"));
        Files.createFile(working.resolve("top.csv"));
        Files.createFile(working.resolve("part[3].csv"));
        Files.createDirectories(working.resolve("data/year=1"));
        Files.createFile(working.resolve("data/part-1.csv"));
        InputFiles files = new InputFiles(job, working);

        assertEquals("file:" + job + "/both.csv", files.data("both.csv"));
        assertEquals("file:" + working + "/data/part-*.csv", files.data("data/part-*.csv"));
        assertEquals("file:" + working + "/t*.csv", files.data("t*.csv"));
        assertEquals("file:" + working + "/data/year=*/x.csv", files.data("data/year=*/x.csv"));
        assertEquals("file:" + working + "/part[3].csv", files.data("part[3].csv"));
        assertEquals("data/none-*.csv", files.data("data/none-*.csv"));
        assertEquals("nowhere/x.csv", files.data("nowhere/x.csv"));
        assertEquals("/absolute/x.csv", files.data("/absolute/x.csv"));
        assertEquals("hdfs://h/x.csv", files.data("hdfs://h/x.csv"));
        assertEquals(Optional.of("file:" + job + "/both.csv"), files.find("both.csv"));
        assertEquals(Optional.empty(), files.find("nowhere"));
    }
}
