package dev.lockstep.k8s.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Spark's own program, in cluster mode, from outside of the cluster, with the settings of k8s/README.md. */
final class SparkSubmit implements AutoCloseable {
    private static final List<String> SETTINGS = List.of(
            "spark.kubernetes.namespace=lockstep",
            "spark.kubernetes.container.image=lockstep:trial",
            "spark.kubernetes.authenticate.driver.serviceAccountName=lockstep",
            "spark.kubernetes.driver.podTemplateFile=examples/driver.yaml",
            "spark.kubernetes.executor.podTemplateFile=examples/executor.yaml",
            "spark.kubernetes.driver.service.deleteOnTermination=false",
            "spark.kubernetes.driver.ownPersistentVolumeClaim=false",
            "spark.kubernetes.driver.reusePersistentVolumeClaim=false",
            "spark.kubernetes.report.interval=10s",
            "spark.executor.instances=2",
            "spark.executor.memoryOverhead=1622m");

    private final Process process;
    private final Path log;

    private SparkSubmit(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static SparkSubmit start(Path folder, ApiServer api, String... arguments) throws IOException {
        Path log = Files.createDirectories(folder).resolve("log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Collections.addAll(command, "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp");
        command.add(Path.of(System.getProperty("lockstep.distribution")).resolve("jars") + "/*");
        Collections.addAll(command, "org.apache.spark.deploy.SparkSubmit");
        Collections.addAll(command, "--master", "k8s://" + api.url(), "--deploy-mode", "cluster", "--name", "digits");
        List<String> settings = new ArrayList<>(SETTINGS);
        settings.add("spark.kubernetes.authenticate.submission.caCertFile=" + api.authority());
        settings.add("spark.kubernetes.authenticate.submission.oauthToken=" + api.administratorToken());
        settings.forEach(setting -> Collections.addAll(command, "--conf", setting));
        Collections.addAll(command, "--class", "dev.lockstep.deploy.Lockstep", "spark-internal");
        Collections.addAll(command, arguments);
        return new SparkSubmit(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    int exitCode(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("spark-submit did not end: waited=" + patience + "\n" + log());
        }
        return process.exitValue();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
