package dev.lockstep.deploy.submit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkHomeTest {
    private static final String OURS = "spark-core_2.12-3.5.6.jar";

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(folder.resolve("spark"));
        Files.createDirectories(home.resolve("jars"));
        Files.createDirectories(home.resolve("bin"));
        Path submit = Files.createFile(home.resolve("bin/spark-submit"));
        assertTrue(submit.toFile().setExecutable(true));
    }

    @Test
    void isTheOneThatIsNamedOrOnThePath() throws IOException {
        SparkHome named = new SparkHome(home, home.resolve("bin/spark-submit"));
        assertEquals(named, SparkHome.find(home.toString(), "/nonexistent"));

        Path links = Files.createDirectories(folder.resolve("links"));
        Path link = Files.createSymbolicLink(links.resolve("spark-submit"), named.submit());
        assertEquals(new SparkHome(home.toRealPath(), link), SparkHome.find("", "/nonexistent:" + links));
    }

    @Test
    void refusesWhereThereIsNone() {
        JobFileException none =
                assertThrows(JobFileException.class, () -> SparkHome.find(/* home */ null, "/nonexistent"));
        assertEquals(
                "There is no Spark to submit with: SPARK_HOME=, and no spark-submit on the PATH. Set SPARK_HOME to the"
                        + " folder of your Spark, or train from here, with lockstep train --master.",
                none.getMessage());
        JobFileException other =
                assertThrows(JobFileException.class, () -> SparkHome.find(folder.toString(), "/nonexistent"));
        assertEquals(
                "SPARK_HOME has no spark-submit: SPARK_HOME=" + folder + ", looked for=" + folder
                        + "/bin/spark-submit. Set it to the folder of your Spark.",
                other.getMessage());
    }

    @Test
    void takesASparkOfTheSameScalaAndMajorVersion() throws IOException {
        SparkHome spark = SparkHome.find(home.toString(), "");
        spark.requireLike(OURS);
        Files.createFile(home.resolve("jars/spark-core_2.12-3.4.1.jar"));

        spark.requireLike(OURS);
    }

    @Test
    void refusesASparkOfAnotherScala() throws IOException {
        Files.createFile(home.resolve("jars/spark-core_2.13-3.5.6.jar"));

        JobFileException refused = assertThrows(JobFileException.class, () -> SparkHome.find(home.toString(), "")
                .requireLike(OURS));
        assertEquals(
                "This Lockstep is for another Spark: SPARK_HOME=" + home
                        + ", has=spark-core_2.13-3.5.6.jar, built with=spark-core_2.12-3.5.6.jar. Lockstep is for Spark 3.5"
                        + " of Scala 2.12, and lockstep-spark4 for Spark 4 of Scala 2.13.",
                refused.getMessage());
    }
}
