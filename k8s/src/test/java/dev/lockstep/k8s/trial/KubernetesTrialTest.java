package dev.lockstep.k8s.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.driver.ExitCode;
import dev.lockstep.k8s.Chart;
import dev.lockstep.k8s.PodSecurity;
import dev.lockstep.k8s.Resources;
import dev.lockstep.k8s.image.Shell;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark's own Kubernetes scheduler, from submit to done, on pods that are processes in namespaces: there is no cluster
 * here.
 */
@Tag("process")
class KubernetesTrialTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** As the chart names it, after its release. */
    private static final String APPLICATION = "lockstep";

    /** The chart's own job, of fewer digits in more epochs, so that there is time to come between. */
    private static final String VALUES =
            """
            job:
              arguments: [--set, data.train.options.examples=2000, --set, train.epochs=12]
            """;

    @TempDir
    private static Path folder;

    private static TrialCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Shell.makesNamespaces(), "needs root with namespaces and overlays, and 700 MB of /dev/shm");
        cluster = TrialCluster.start(Path.of("../deploy/Dockerfile"), folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void theChartsJobOutlivesAnExecutorAndItsDriver() throws Exception {
        Resources chart = Chart.resources(VALUES);
        Rights rights = cluster.apply(chart);
        JobController controller =
                new JobController(cluster.client(), cluster.kubelet(), chart.only(Job.class), "outlives");
        CompletableFuture<List<Integer>> codes = CompletableFuture.supplyAsync(() -> run(controller));

        cluster.awaitLog(controller.podName(0), "epoch 2/12", PATIENCE);
        List<String> first = cluster.executors(APPLICATION);
        assertEquals(2, first.size());
        assertAdmitted(first.get(0), first.get(1), controller.podName(0));
        cluster.delete(first.get(0));
        cluster.awaitLog(controller.podName(0), "after a failure: ", PATIENCE);
        cluster.awaitLog(controller.podName(0), "epoch 4/12", PATIENCE);
        assertEquals(3, cluster.executors(APPLICATION).size(), "the one that was deleted has been replaced");

        cluster.delete(controller.podName(0));
        cluster.awaitLog(controller.podName(1), "resumed after step ", PATIENCE);
        assertEquals(
                List.of(ExitCode.INTERRUPTED.code(), 0),
                codes.get(PATIENCE.toSeconds(), TimeUnit.SECONDS),
                () -> cluster.logs());

        Path output = cluster.volume("lockstep-output").resolve("digits");
        assertTrue(Files.exists(output.resolve("model/weights.safetensors")));
        assertTrue(Files.readString(output.resolve("metrics.jsonl")).contains("\"status\":\"done\""));
        assertEquals(Set.of(), rights.denied());
        // What Spark asks for when an executor ends by itself is left.
        assertEquals(Set.of("delete pods"), rights.unused());
    }

    @Test
    void aJobFileThatIsWrongIsNotTriedAgain() throws Exception {
        Resources chart = Chart.resources("{job: {arguments: [--set, train.batch=0]}}");
        Rights unused = cluster.apply(chart);
        JobController controller =
                new JobController(cluster.client(), cluster.kubelet(), chart.only(Job.class), "wrong");

        assertEquals(List.of(ExitCode.BAD_JOB.code()), controller.run(PATIENCE), () -> cluster.logs());
        assertTrue(
                cluster.kubelet().pods().get("wrong-0").log().contains("train.batch"),
                () -> cluster.kubelet().pods().get("wrong-0").log());
    }

    @Test
    void sparkSubmitRunsInClusterMode() throws Exception {
        // Service account and rights alone; the job lies on the volume, as on a cluster.
        Path output = Files.createDirectories(cluster.volume("lockstep-output"));
        Files.writeString(
                output.resolve("submitted.yaml"),
                Chart.resources()
                        .file("job.yaml")
                        .replace("examples: 10000", "examples: 2000")
                        .replace("/output/", "/output/submitted-"));
        Rights rights = new Rights(Chart.resources().only(Role.class));
        cluster.api().give(rights);

        try (SparkSubmit submitted = SparkSubmit.start(
                folder.resolve("submit"),
                cluster.api(),
                "train",
                "/output/submitted.yaml",
                "--set",
                "train.epochs=2")) {
            assertEquals(0, submitted.exitCode(PATIENCE), () -> submitted.log() + cluster.logs());
            assertTrue(submitted.log().contains("phase: Succeeded"), () -> submitted.log() + cluster.logs());
        }
        assertTrue(Files.exists(output.resolve("submitted-digits/model/weights.safetensors")));
        assertEquals(Set.of(), rights.denied());
    }

    /** Of what Spark makes of the template, as of the driver's own pod. */
    private static void assertAdmitted(String... names) {
        for (String name : names) {
            PodSpec pod = cluster.pod(name).getSpec();
            assertEquals(List.of(), PodSecurity.violations(pod), name);
            ResourceRequirements resources = pod.getContainers().get(0).getResources();
            assertEquals(resources.getLimits(), resources.getRequests(), name);
        }
    }

    private static List<Integer> run(JobController controller) {
        try {
            return controller.run(PATIENCE);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
