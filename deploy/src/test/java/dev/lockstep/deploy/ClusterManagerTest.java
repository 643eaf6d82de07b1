package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.JobFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterManagerTest {
    private static final ClassLoader SPARK = SparkConf.class.getClassLoader();

    @TempDir
    private Path folder;

    private final SparkConf conf = new SparkConf(/* loadDefaults */ false);

    @Test
    void areThoseThatStartContainers() {
        assertEquals(Optional.of(ClusterManager.YARN), ClusterManager.of("yarn"));
        assertEquals(Optional.of(ClusterManager.KUBERNETES), ClusterManager.of("k8s://https://host:6443"));
        assertEquals(Optional.empty(), ClusterManager.of("spark://host:7077"));
    }

    @Test
    void findsYarnByHadoopsConfiguration() throws IOException {
        conf.setMaster("yarn");
        assertEquals(
                "YARN's address is in Hadoop's configuration, and no folder of it is named: HADOOP_CONF_DIR=,"
                        + " YARN_CONF_DIR=. Set HADOOP_CONF_DIR to the folder with the cluster's yarn-site.xml.",
                refusal(ClusterManager.YARN, Map.of("HADOOP_CONF_DIR", "")));
        assertEquals(
                "Hadoop's configuration does not say where YARN is: HADOOP_CONF_DIR=" + folder
                        + ", missing=yarn-site.xml. Set it to the folder with the cluster's own.",
                refusal(ClusterManager.YARN, Map.of("YARN_CONF_DIR", folder.toString())));

        Files.createFile(folder.resolve("yarn-site.xml"));
        ClusterManager.YARN.require(conf, Map.of("YARN_CONF_DIR", folder.toString()), SPARK);
    }

    @Test
    void needsAnImageOnKubernetes() {
        conf.setMaster("k8s://https://host:6443");
        assertEquals(
                "Executors on Kubernetes need an image: spark.kubernetes.container.image=. Name Lockstep's, as"
                        + " -Dspark.kubernetes.container.image=lockstep:VERSION in LOCKSTEP_JAVA_OPTS.",
                refusal(ClusterManager.KUBERNETES, Map.of()));

        conf.set("spark.kubernetes.container.image", "lockstep:1");
        ClusterManager.KUBERNETES.require(conf, Map.of(), SPARK);
    }

    @Test
    void saysWhichJarASparkLacks() {
        conf.setMaster("yarn");
        JobFileException lacking = assertThrows(
                JobFileException.class,
                () -> ClusterManager.YARN.require(conf, Map.of(), ClassLoader.getPlatformClassLoader()));
        assertEquals(
                "This Spark was built without what the master needs: master=yarn, missing=spark-yarn. bin/lockstep of the"
                        + " distribution has it.",
                lacking.getMessage());
    }

    @Test
    void asksForAsManyExecutorsAsTheWorkersFill() {
        ClusterManager.size(conf, /* workers */ 3);

        assertEquals("3", conf.get("spark.executor.instances"));
        assertFalse(conf.contains("spark.executor.cores"));
        assertEquals("1g", conf.get("spark.executor.memoryOverhead"));

        SparkConf large = new SparkConf(false).set("spark.executor.cores", "8").set("spark.task.cpus", "4");
        ClusterManager.size(large, /* workers */ 5);
        assertEquals("3", large.get("spark.executor.instances"));
    }

    @Test
    void givesAnExecutorTheCoresOfATask() {
        conf.set("spark.task.cpus", "4");
        ClusterManager.size(conf, /* workers */ 2);

        assertEquals("4", conf.get("spark.executor.cores"));
        assertEquals("2", conf.get("spark.executor.instances"));
    }

    @Test
    void leavesWhatTheUserSaid() {
        conf.set("spark.executor.instances", "9").set("spark.kubernetes.memoryOverheadFactor", "0.5");
        ClusterManager.size(conf, /* workers */ 2);

        assertEquals("9", conf.get("spark.executor.instances"));
        assertFalse(conf.contains("spark.executor.memoryOverhead"));

        SparkConf dynamic = new SparkConf(false).set("spark.dynamicAllocation.enabled", "true");
        ClusterManager.size(dynamic, /* workers */ 2);
        assertFalse(dynamic.contains("spark.executor.instances"));
    }

    private String refusal(ClusterManager manager, Map<String, String> environment) {
        return assertThrows(JobFileException.class, () -> manager.require(conf, environment, SPARK))
                .getMessage();
    }
}
