package dev.lockstep.driver.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.data.rows.TargetSpec;
import dev.lockstep.driver.job.Data;
import dev.lockstep.driver.job.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that mean something to a shell, to Hadoop or to Spark. */
@Tag("spark")
class FileNamesTest {
    @TempDir
    Path folder;

    @BeforeEach
    void neighbours() throws IOException {
        write("12:30");
        write("sub/12:30.csv");
        write("_SUCCESS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run[2].csv", "a{b}.csv", "what?.csv", "all*.csv", "back\\slash.csv", "12:30/plain.csv"})
    void whatIsThereIsTakenLiterally(String name) throws IOException {
        Files.delete(folder.resolve("12:30"));
        write(name);
        assertEquals(1, examples(name));
    }

    @ParameterizedTest
    @CsvSource({"'a*.csv',2", "'a[2-9].csv',1", "'{a1,b}.csv',2", "'{sub/c,b}.csv',2", "'s*/c.csv',1", "'?1.csv',1"})
    void aPatternDoesNotMindItsNeighbours(String pattern, int files) throws IOException {
        write("a1.csv");
        write("a2.csv");
        write("b.csv");
        write("sub/c.csv");
        assertEquals(files, examples(pattern));
    }

    @Test
    void namesThatCannotBeReadAreReported() throws IOException {
        write("_hidden.csv");
        write(".hidden.csv");
        write("10:15.csv");
        refuse("_hidden.csv", "Name of a file must not begin with _ or ., which hides it from Spark: path=");
        refuse(".hidden.csv", "Name of a file must not begin with _ or ., which hides it from Spark: path=");
        refuse("10:15.csv", "Name of a file must not have a colon, which Hadoop's file systems cannot read: path=");
        refuse("1*.csv", "Name of a file must not have a colon, which Hadoop's file systems cannot read: path=");
    }

    @ParameterizedTest
    @CsvSource({
        "sub,'Name of a file must not have a colon, which Hadoop''s file systems cannot read: path='",
        "sub,', name=12:30.csv. Rename the file.'",
        "'c*.csv','Pattern must match a file: path='",
        "'[.csv','Pattern in a path must be complete: path='"
    })
    void whatAPathDoesNotReachIsTold(String path, String part) throws IOException {
        write("sub/plain.csv");
        String message = assertThrows(DataException.class, () -> examples(path)).getMessage();
        assertTrue(message.contains(part) && !message.contains("Exception"), message);
    }

    @Test
    void aHostThatIsNotThereIsNoMatterOfNames() {
        Data data = new Data(new Source("hdfs://nowhere.invalid:9000/a.csv")).features("x");
        String message = assertThrows(
                        LockstepException.class,
                        () -> TrainingData.load(
                                LocalSpark.session(), data, TargetSpec.values(), new DealSettings(1, 1, 1)))
                .getMessage();
        assertTrue(message.contains("nowhere.invalid") && !message.contains("colon"), message);
    }

    @Test
    void aFolderWithoutDataIsReported() throws IOException {
        Files.createDirectories(folder.resolve("nothing"));
        Files.writeString(folder.resolve("nothing/_SUCCESS"), "");
        String message =
                assertThrows(DataException.class, () -> examples("nothing")).getMessage();
        assertTrue(message.startsWith("There must be files to read: path="), message);
    }

    private void refuse(String name, String start) {
        String message = assertThrows(DataException.class, () -> examples(name)).getMessage();
        assertTrue(message.startsWith(start) && message.endsWith("Rename the file."), message);
    }

    private long examples(String name) {
        Data data = new Data(new Source("file:" + folder + "/" + name).format("csv"))
                .features("x")
                .label("y");
        return TrainingData.load(LocalSpark.session(), data, TargetSpec.values(), new DealSettings(1, 1, 1))
                .training()
                .examples();
    }

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x,y\n1,2\n");
    }
}
