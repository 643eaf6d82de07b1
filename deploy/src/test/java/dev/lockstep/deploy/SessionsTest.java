package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.JobFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    @TempDir
    private Path home;

    private Distribution distribution;

    @BeforeEach
    void layOutADistribution() throws IOException {
        Files.createDirectories(home.resolve("lib"));
        Files.createFile(home.resolve("lib/b.jar"));
        Files.createFile(home.resolve("lib/a.jar"));
        distribution = new Distribution(home);
    }

    @Test
    void shipsTheJarsToACluster() {
        SparkConf conf = configured("spark://host:7077");

        String folder = home.resolve("lib").toUri().toString();
        assertEquals(folder + "a.jar," + folder + "b.jar", conf.get("spark.jars"));
        assertEquals(Sessions.ADD_OPENS, conf.get("spark.executor.extraJavaOptions"));
        assertEquals("0s", conf.get("spark.locality.wait"));
        assertFalse(conf.contains("spark.driver.host"));
    }

    @Test
    void pointsExecutorsOfThisMachineAtTheJars() {
        SparkConf conf = configured("local-cluster[2,1,700]");

        assertEquals(home + "/lib/*", conf.get("spark.executor.extraClassPath"));
        assertEquals("700m", conf.get("spark.executor.memory"));
        assertEquals("127.0.0.1", conf.get("spark.driver.host"));
        assertFalse(conf.contains("spark.jars"));
    }

    @Test
    void startsNoPageAndNeedsNoHostNameInProcess() {
        SparkConf conf = configured("local[2]");

        assertEquals("false", conf.get("spark.ui.enabled"));
        assertEquals("127.0.0.1", conf.get("spark.driver.bindAddress"));
        assertFalse(conf.contains("spark.executor.extraJavaOptions"));
    }

    @Test
    void leavesWhatTheUserGave() {
        SparkConf conf = new SparkConf(/* loadDefaults */ false)
                .setMaster("spark://host:7077")
                .set("spark.jars", "/mine.jar")
                .set("spark.executor.extraJavaOptions", "-Dmine=1");

        Sessions.configure(conf, "job", Optional.of(distribution));

        assertEquals("/mine.jar", conf.get("spark.jars"));
        assertTrue(conf.get("spark.executor.extraJavaOptions").endsWith(" -Dmine=1"));
        assertTrue(conf.get("spark.executor.extraJavaOptions").startsWith(Sessions.ADD_OPENS));
    }

    @Test
    void tellsExecutorsAllocatorWhatTheLauncherTellsItsOwn() throws IOException {
        assertEquals(Sessions.TUNABLES, configured("spark://host:7077").get("spark.executorEnv.GLIBC_TUNABLES"));
        assertFalse(configured("local[2]").contains("spark.executorEnv.GLIBC_TUNABLES"));

        String launcher = Files.readString(Path.of("src/main/dist/bin/lockstep"));
        assertTrue(launcher.contains("export GLIBC_TUNABLES=" + Sessions.TUNABLES + "\n"));
    }

    @Test
    void leavesAnAllocatorThatTheUserHasTuned() {
        SparkConf conf = new SparkConf(/* loadDefaults */ false)
                .setMaster("spark://host:7077")
                .set("spark.executorEnv.MALLOC_MMAP_THRESHOLD_", "1000000");

        Sessions.configure(conf, "job", Optional.of(distribution));

        assertFalse(conf.contains("spark.executorEnv.GLIBC_TUNABLES"));
    }

    @Test
    void keepsTheNameGivenToSparkSubmit() {
        SparkConf conf = new SparkConf(/* loadDefaults */ false)
                .setMaster("local[1]")
                .set("spark.submit.deployMode", "client")
                .setAppName("mine");

        Sessions.configure(conf, "job", Optional.empty());

        assertEquals("mine", conf.get("spark.app.name"));
    }

    @Test
    void refusesExecutorsToAUserWhomTheSystemDoesNotKnow() {
        Sessions.requireKnownUser("local[2]", /* isKnown */ false);
        Sessions.requireKnownUser("local-cluster[2,1,700]", /* isKnown */ true);

        ClusterException thrown = assertThrows(
                ClusterException.class, () -> Sessions.requireKnownUser("local-cluster[2,1,700]", /* isKnown */ false));
        assertTrue(
                thrown.getMessage().startsWith("The user id has no name here, and executors need one: user="),
                thrown.getMessage());
    }

    @Test
    void hasASlotForEveryWorkerInProcess() {
        assertEquals("local[4]", Sessions.inProcess(/* workers */ 2, /* taskCpus */ 1, /* cores */ 4));
        assertEquals("local[15]", Sessions.inProcess(/* workers */ 5, /* taskCpus */ 3, /* cores */ 4));
        assertEquals("local[32]", Sessions.inProcess(/* workers */ 32, /* taskCpus */ 1, /* cores */ 4));
    }

    @Test
    void refusesFarMoreWorkersThanCores() {
        JobFileException refused = assertThrows(JobFileException.class, () -> Sessions.inProcess(33, 1, 4));

        assertEquals(
                "train.workers is far above the cores of this machine, which they would share: train.workers=33, cores=4,"
                        + " most=32. Lower it, or run them all the same with --master local[33].",
                refused.getMessage());
    }

    private SparkConf configured(String master) {
        SparkConf conf = new SparkConf(/* loadDefaults */ false).setMaster(master);
        Sessions.configure(conf, "job", Optional.of(distribution));
        assertEquals("job", conf.get("spark.app.name"));
        return conf;
    }
}
