package dev.lockstep.deploy.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Spark standalone master and its workers, each a JVM of its own on this machine. */
final class StandaloneCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String HOST = "127.0.0.1";
    private static final Pattern EXECUTOR =
            Pattern.compile("executor\\.CoarseGrainedExecutorBackend .*--app-id (\\S+)");

    private final Installation installation;
    private final Path folder;
    private final List<JvmProcess> processes = new ArrayList<>();
    private String url;

    private StandaloneCluster(Installation installation, Path folder) {
        this.installation = installation;
        this.folder = folder;
    }

    /** Starts a master and {@code workers} workers of one core each, and waits until they have found each other. */
    static StandaloneCluster start(Installation installation, Path folder, int workers) {
        StandaloneCluster cluster = new StandaloneCluster(installation, folder);
        try {
            cluster.startMaster();
            List<JvmProcess> started =
                    IntStream.range(0, workers).mapToObj(cluster::startWorker).toList();
            for (JvmProcess worker : started) {
                String unused = worker.await(Pattern.compile("(Successfully registered with master)"), PATIENCE);
            }
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    String url() {
        return url;
    }

    /** The executors of the newest application that run now, each a JVM. */
    List<ProcessHandle> executors() {
        Map<String, List<ProcessHandle>> byApplication = new TreeMap<>();
        processes.stream().flatMap(JvmProcess::descendants).forEach(handle -> {
            Matcher executor = EXECUTOR.matcher(words(handle));
            if (executor.find()) {
                byApplication
                        .computeIfAbsent(executor.group(1), unused -> new ArrayList<>())
                        .add(handle);
            }
        });
        return byApplication.isEmpty() ? List.of() : last(byApplication.values());
    }

    private static <T> T last(Collection<T> values) {
        return new ArrayList<>(values).get(values.size() - 1);
    }

    /** Its command, as Java cuts what is longer than a page; nothing of one that has ended. */
    private static String words(ProcessHandle handle) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(handle.pid()), "cmdline"))
                    .replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    /** How many of its workers have run an executor of the newest application. */
    long executorsOfLastApplication() throws IOException {
        Map<String, Long> byApplication = new TreeMap<>();
        for (int worker = 0; Files.isDirectory(workFolder(worker)); worker++) {
            try (Stream<Path> applications = Files.list(workFolder(worker))) {
                applications.forEach(application ->
                        byApplication.merge(application.getFileName().toString(), 1L, Long::sum));
            }
        }
        return byApplication.isEmpty() ? 0 : last(byApplication.values());
    }

    /** What drivers in the cluster have said. */
    String driverLogs() throws IOException {
        StringBuilder said = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(
                            each -> each.getParent().getFileName().toString().startsWith("driver-"))
                    .filter(each -> each.endsWith("stderr") || each.endsWith("stdout"))
                    .toList()) {
                said.append(Files.readString(file));
            }
        }
        return said.toString();
    }

    /** Submits Lockstep's jar with Spark's own program, in client mode. */
    JvmProcess submit(String name, List<String> conf, String... arguments) {
        List<String> command = installation.spark(
                "org.apache.spark.deploy.SparkSubmit", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
        Collections.addAll(command, "--master", url, "--executor-memory", "1g", "--executor-cores", "1");
        Collections.addAll(command, "--conf", "spark.driver.host=" + HOST, "--conf", "spark.ui.enabled=false");
        conf.forEach(setting -> Collections.addAll(command, "--conf", setting));
        Collections.addAll(
                command,
                "--class",
                "dev.lockstep.deploy.Lockstep",
                installation.sparkJar().toString());
        Collections.addAll(command, arguments);
        return run(name, Map.of(), command);
    }

    /** Runs the installed command against this cluster. */
    JvmProcess lockstep(String name, String... arguments) {
        return run(name, Map.of(), installation.lockstep(arguments));
    }

    @Override
    public void close() {
        Collections.reverse(processes);
        processes.forEach(JvmProcess::close);
    }

    private void startMaster() {
        List<String> command = installation.spark("org.apache.spark.deploy.master.Master");
        Collections.addAll(command, "--host", HOST, "--port", "0", "--webui-port", "0");
        JvmProcess master = run("master", daemons(), command);
        url = master.await(Pattern.compile("Starting Spark master at (spark://\\S+)"), PATIENCE);
        String unused = master.await(Pattern.compile("(New state: ALIVE)"), PATIENCE);
    }

    private JvmProcess startWorker(int worker) {
        List<String> command = installation.spark("org.apache.spark.deploy.worker.Worker");
        Collections.addAll(
                command, "--host", HOST, "--port", "0", "--webui-port", "0", "--cores", "1", "--memory", "2g");
        Collections.addAll(command, "--work-dir", workFolder(worker).toString(), url);
        return run("worker-" + worker, daemons(), command);
    }

    /** Variables of daemons, and of the executors and drivers that they start. */
    private Map<String, String> daemons() {
        return Map.of("JAVA_TOOL_OPTIONS", JvmProcess.QUICK + " -Djava.io.tmpdir=" + folder.resolve("tmp"));
    }

    private Path workFolder(int worker) {
        return folder.resolve("work-" + worker);
    }

    private JvmProcess run(String name, Map<String, String> more, List<String> command) {
        Map<String, String> environment = new TreeMap<>(installation.environment());
        environment.putAll(more);
        JvmProcess process = JvmProcess.start(name, folder, environment, command);
        processes.add(process);
        return process;
    }
}
