package dev.lockstep.deploy;

import dev.lockstep.driver.JobFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** A manager that starts executors as containers: what it must be told, and what it is told by default. */
enum ClusterManager {
    YARN("yarn", "org.apache.spark.deploy.yarn.YarnRMClient", "spark-yarn") {
        @Override
        void requireAddress(SparkConf conf, Map<String, String> environment) {
            String folder = Stream.of("HADOOP_CONF_DIR", "YARN_CONF_DIR")
                    .map(environment::get)
                    .filter(value -> value != null && !value.isEmpty())
                    .findFirst()
                    .orElseThrow(
                            () -> new JobFileException(
                                    "YARN's address is in Hadoop's configuration, and no folder of it is named: HADOOP_CONF_DIR=,"
                                            + " YARN_CONF_DIR=. Set HADOOP_CONF_DIR to the folder with the cluster's yarn-site.xml."));
            if (Files.notExists(Path.of(folder, "yarn-site.xml"))) {
                throw new JobFileException("Hadoop's configuration does not say where YARN is: HADOOP_CONF_DIR="
                        + folder + ", missing=yarn-site.xml. Set it to the folder with the cluster's own.");
            }
        }
    },
    KUBERNETES("k8s://", "org.apache.spark.deploy.k8s.KubernetesConf", "spark-kubernetes") {
        @Override
        void requireAddress(SparkConf conf, Map<String, String> environment) {
            boolean isNamed = IMAGES.stream().anyMatch(conf::contains);
            if (!isNamed) {
                throw new JobFileException("Executors on Kubernetes need an image: " + IMAGES.get(0)
                        + "=. Name Lockstep's, as -D" + IMAGES.get(0) + "=lockstep:VERSION in LOCKSTEP_JAVA_OPTS.");
            }
        }
    };

    private static final List<String> IMAGES =
            List.of("spark.kubernetes.container.image", "spark.kubernetes.executor.container.image");
    /** Libtorch and what it computes with are no part of a JVM's heap; Spark leaves 384 MiB for such. */
    private static final String OVERHEAD = "1g";

    private static final String OVERHEAD_KEY = "spark.executor.memoryOverhead";

    private final String prefix;
    private final String client;
    private final String jar;

    ClusterManager(String prefix, String client, String jar) {
        this.prefix = prefix;
        this.client = client;
        this.jar = jar;
    }

    /** Empty for masters that give executors of machines which they have. */
    static Optional<ClusterManager> of(String master) {
        return Arrays.stream(values())
                .filter(manager -> master.startsWith(manager.prefix))
                .findFirst();
    }

    /** Whether this process is a container of YARN, with a driver in it. */
    static boolean isDriverOfYarn() {
        return YARN.prefix.equals(System.getProperty("spark.master"))
                && "cluster".equals(System.getProperty("spark.submit.deployMode"));
    }

    abstract void requireAddress(SparkConf conf, Map<String, String> environment);

    /**
     * What spark-submit would have asked for.
     *
     * @throws JobFileException that says what is missing
     */
    void require(SparkConf conf, Map<String, String> environment, ClassLoader spark) {
        String file = client.replace('.', '/') + ".class";
        if (Objects.isNull(spark.getResource(file))) {
            throw new JobFileException("This Spark was built without what the master needs: master="
                    + conf.get("spark.master") + ", missing=" + jar + ". bin/lockstep of the distribution has it.");
        }
        requireAddress(conf, environment);
    }

    /** Completes what the user said with as many executors as workers need, and room for what is not on the heap. */
    static void size(SparkConf conf, int workers) {
        int taskCpus = conf.getInt("spark.task.cpus", 1);
        if (taskCpus > 1) {
            conf.setIfMissing("spark.executor.cores", Integer.toString(taskCpus));
        }
        int slots = Math.max(1, conf.getInt("spark.executor.cores", 1) / taskCpus);
        if (!conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
            conf.setIfMissing("spark.executor.instances", Integer.toString((workers + slots - 1) / slots));
        }
        boolean isTold = Stream.of(conf.getAll())
                .anyMatch(setting ->
                        setting._1().endsWith("emoryOverhead") || setting._1().endsWith("emoryOverheadFactor"));
        if (!isTold) {
            conf.set(OVERHEAD_KEY, OVERHEAD);
        }
    }
}
