package dev.lockstep.deploy;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.failure.Diagnosis;
import dev.lockstep.params.ParamException;
import dev.lockstep.params.link.JvmOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;

/**
 * Opens the Spark session of a command: in this process, on a cluster, or in whatever spark-submit has prepared.
 * Settings that the user gave to Spark are never changed, only completed.
 */
final class Sessions {
    /** What Aeron needs of a JVM beyond what Spark asks for itself. The launcher's conf/jvm.options says the same. */
    static final String ADD_OPENS = String.join(" ", JvmOptions.required());

    private static final String LOCAL_CLUSTER = "local-cluster";
    private static final int WORKERS_OF_A_CORE = 8;
    private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

    /**
     * What the C library's allocator is told: to keep what a step frees for the next one, in huge pages. Otherwise it
     * gives activations back, and the kernel clears their pages again in each step. The launcher says the same.
     */
    static final String TUNABLES =
            "glibc.malloc.hugetlb=1:glibc.malloc.trim_threshold=4000000000:" + "glibc.malloc.mmap_threshold=33554432";

    private static final String ENVIRONMENT = "spark.executorEnv.";

    private Sessions() {}

    /**
     * @param name what Spark's pages show
     * @param master null for spark-submit's or, without one, this process
     * @param workers tasks that have to run at the same time
     */
    static OpenSession open(String name, String master, int workers) {
        // spark-submit's settings are system properties.
        String given = master == null ? System.getProperty("spark.master") : master;
        String chosen = given == null ? inProcess(workers, Integer.getInteger("spark.task.cpus", 1), cores()) : given;
        Optional<String> address = HostName.replaced(chosen.startsWith("local"));
        requireKnownUser(chosen, HadoopUser.login());
        SparkConf conf = new SparkConf().setMaster(chosen);
        if (chosen.startsWith(LOCAL_CLUSTER)) {
            address.ifPresent(value -> conf.setIfMissing("spark.executorEnv.SPARK_LOCAL_HOSTNAME", value));
        }

        Optional<ClusterManager> manager = ClusterManager.of(chosen);
        if (!isSubmitted(conf)) {
            manager.ifPresent(each -> each.require(conf, System.getenv(), SparkConf.class.getClassLoader()));
        }

        configure(conf, name, Distribution.running());
        manager.ifPresent(each -> ClusterManager.size(conf, workers));
        return new OpenSession(start(conf));
    }

    /** Executors log in by themselves when they start, and end if they cannot. */
    static void requireKnownUser(String master, boolean isKnown) {
        if (!isKnown && !isInProcess(master)) {
            throw new ClusterException("The user id has no name here, and executors need one: user="
                    + System.getProperty("user.name") + ", master=" + master
                    + ". Add a line for it to /etc/passwd, or train in this process, without --master.");
        }
    }

    /**
     * Workers beyond the machine's cores share them: slower, and still the same result. Far more are hardly meant.
     *
     * @param taskCpus of Spark's cores that each worker takes
     */
    static String inProcess(int workers, int taskCpus, int cores) {
        if (workers > WORKERS_OF_A_CORE * cores) {
            throw new JobFileException(
                    "train.workers is far above the cores of this machine, which they would share: train.workers="
                            + workers + ", cores=" + cores + ", most=" + WORKERS_OF_A_CORE * cores
                            + ". Lower it, or run them all the same with --master local[" + workers + "].");
        }
        return "local[" + Math.max(workers * taskCpus, cores) + "]";
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    static void configure(SparkConf conf, String name, Optional<Distribution> distribution) {
        String master = conf.get("spark.master");
        // Without --name, spark-submit calls an application after its main class.
        if (!isSubmitted(conf) || conf.get("spark.app.name", "").equals(Lockstep.class.getName())) {
            conf.setAppName(name);
        }

        if (master.startsWith("local")) {
            onThisMachine(conf);
        }

        if (!isInProcess(master)) {
            // All workers start together: one that waits for its data's executor keeps the others waiting.
            conf.setIfMissing("spark.locality.wait", "0s");
            conf.set(EXECUTOR_OPTIONS, (ADD_OPENS + " " + conf.get(EXECUTOR_OPTIONS, "")).strip());
            keepMemory(conf);
            distribution.ifPresent(ours -> ship(conf, master, ours));
        }
    }

    private static boolean isSubmitted(SparkConf conf) {
        return conf.contains("spark.submit.deployMode");
    }

    private static void keepMemory(SparkConf conf) {
        boolean isTuned = Stream.of(conf.getAllWithPrefix(ENVIRONMENT))
                .anyMatch(entry -> entry._1().startsWith("MALLOC_"));
        if (!isTuned) {
            conf.setIfMissing(ENVIRONMENT + "GLIBC_TUNABLES", TUNABLES);
        }
    }

    static boolean isInProcess(String master) {
        return master.equals("local") || master.startsWith("local[");
    }

    private static void onThisMachine(SparkConf conf) {
        conf.setIfMissing("spark.driver.bindAddress", HostName.LOOPBACK);
        conf.setIfMissing("spark.driver.host", HostName.LOOPBACK);
        conf.setIfMissing("spark.ui.enabled", "false");
    }

    private static void ship(SparkConf conf, String master, Distribution distribution) {
        if (master.startsWith(LOCAL_CLUSTER)) {
            conf.setIfMissing("spark.executor.extraClassPath", distribution.classPath());
            conf.setIfMissing("spark.executor.memory", memoryOfLocalCluster(master));
        } else {
            conf.setIfMissing("spark.jars", uris(distribution.jars()));
        }
    }

    private static String uris(List<Path> jars) {
        return jars.stream().map(Path::toUri).map(Object::toString).collect(Collectors.joining(","));
    }

    /** {@code local-cluster[executors,cores,MiB]}: Spark gives an executor 1 GiB whatever stands there. */
    private static String memoryOfLocalCluster(String master) {
        Matcher memory = Pattern.compile(".*,\\s*(\\d+)\\s*]").matcher(master);
        return memory.matches() ? memory.group(1) + "m" : "1g";
    }

    private static SparkSession start(SparkConf conf) {
        String master = conf.get("spark.master");
        if (!isInProcess(master)) {
            requireOptions(master);
        }

        try {
            SparkSession session = SparkSession.builder().config(conf).getOrCreate();
            Distribution.running().ifPresent(ours -> session.sparkContext().addSparkListener(new QuietEnd()));
            return session;
        } catch (Exception e) {
            throw failure(master, e);
        }
    }

    private static void requireOptions(String master) {
        try {
            JvmOptions.require();
        } catch (ParamException e) {
            throw new ClusterException(e.getMessage() + ", master=" + master, e);
        }
    }

    private static RuntimeException failure(String master, Exception e) {
        if (e instanceof SparkException && String.valueOf(e.getMessage()).contains("Could not parse Master URL")) {
            return new JobFileException(
                    "The master is not one that this Spark can reach: master=" + master
                            + ". Use local[n], local-cluster[n,cores,MiB], spark://host:port, yarn or k8s://https://host:port.",
                    e);
        }
        String said = Diagnosis.of(e)
                .map(known -> "cause=" + known.getMessage())
                .orElseGet(() -> "reason=" + Diagnosis.reason(e));
        return new ClusterException("Spark did not start: master=" + master + ", " + said, e);
    }
}
