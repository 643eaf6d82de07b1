package dev.lockstep.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.LintResult;
import dev.lockstep.driver.ExitCode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What the chart renders, by the real Helm engine and read strictly. */
class ChartTest {
    @Test
    void helmFindsNothingToSay() {
        LintResult said = Chart.lint();

        assertFalse(said.isFailed(), () -> "" + said.getMessages());
        assertEquals(List.of("[INFO] Chart.yaml: icon is recommended"), said.getMessages());
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsFound() {
        String misspelt = Chart.text().replace("backoffLimit:", "backOffLimit:");

        UncheckedIOException found = assertThrows(UncheckedIOException.class, () -> Resources.of(misspelt));
        assertTrue(found.getMessage().contains("Unrecognized field \"backOffLimit\""), found::getMessage);
    }

    @Test
    void aNumberWhereTextBelongsIsFound() {
        String numbered = Chart.text().replace("serviceAccountName: lockstep", "serviceAccountName: 20261128");

        UncheckedIOException found = assertThrows(UncheckedIOException.class, () -> Resources.of(numbered));
        assertTrue(
                found.getMessage().contains("Cannot coerce Integer value (20261128) to `java.lang.String`"),
                found::getMessage);
    }

    @Test
    void isOfTheProjectsVersion() throws IOException {
        String pom = Files.readString(Path.of("../pom.xml"));
        String version = pom.replaceAll("(?s).*?<version>([^<]*)</version>.*", "$1");

        assertTrue(Files.readString(Chart.FOLDER.resolve("Chart.yaml")).contains("\nappVersion: " + version + "\n"));
    }

    @Test
    void theJobEndsForGoodWhereAnotherTryWouldNotHelp() {
        Job job = Chart.resources().only(Job.class);

        PodFailurePolicyRule permanent =
                job.getSpec().getPodFailurePolicy().getRules().get(0);
        assertEquals("FailJob", permanent.getAction());
        assertEquals(
                List.of(ExitCode.BAD_JOB.code(), ExitCode.BAD_DATA.code()),
                permanent.getOnExitCodes().getValues());
        assertEquals(
                driver(Chart.resources()).getName(), permanent.getOnExitCodes().getContainerName());
        PodFailurePolicyRule evicted =
                job.getSpec().getPodFailurePolicy().getRules().get(1);
        assertEquals("Ignore", evicted.getAction());
        assertEquals("DisruptionTarget", evicted.getOnPodConditions().get(0).getType());
        // What Kubernetes asks of a Job with a failure policy.
        assertEquals("Never", template(Chart.resources()).getSpec().getRestartPolicy());
        assertTrue(driver(Chart.resources()).getArgs().contains("--resume"));
    }

    @Test
    void podsKeepToTheRestrictedStandard() {
        Resources chart = Chart.resources();

        for (PodSpec spec : List.of(template(chart).getSpec(), chart.executor().getSpec())) {
            assertEquals(List.of(), PodSecurity.violations(spec));
            assertEquals(185, spec.getSecurityContext().getRunAsUser());
        }
        assertFalse(chart.executor().getSpec().getAutomountServiceAccountToken());
    }

    @Test
    void theRestrictedStandardIsNoFormality() {
        PodSpec bare = new PodSpecBuilder()
                .withHostNetwork(true)
                .addNewVolume()
                .withName("disk")
                .withNewHostPath("/", "")
                .endVolume()
                .addNewContainer()
                .withName("it")
                .withNewSecurityContext()
                .withRunAsUser(0L)
                .endSecurityContext()
                .endContainer()
                .build();

        assertEquals(
                List.of(
                        "has a namespace of its host",
                        "mounts disk",
                        "it may become somebody else",
                        "it keeps capabilities",
                        "it may be root",
                        "it is root",
                        "it has no seccomp profile",
                        "it writes to its root"),
                PodSecurity.violations(bare));
    }

    @Test
    void aRunThatWouldBeLostWithItsPodIsRefused() throws IOException {
        for (String output : List.of("output: runs/mine", "name: mine")) {
            RuntimeException refused =
                    assertThrows(RuntimeException.class, () -> Chart.text("{job: {file: '" + output + "'}}"));
            assertTrue(
                    refused.getMessage()
                            .contains("job.file must name its output in full, or it goes with the driver's pod"),
                    refused::getMessage);
        }
        RuntimeException noYaml = assertThrows(RuntimeException.class, () -> Chart.text("{job: {file: 'a: b: c'}}"));
        assertTrue(noYaml.getMessage().contains("job.file must be YAML: "), noYaml::getMessage);

        assertTrue(Chart.resources("{job: {file: 'name: mine', arguments: [--set, 'output=/output/mine']}}")
                .has("Job"));
        assertTrue(Chart.resources("{job: {file: 'output: hdfs:///mine'}}").has("Job"));
    }

    @Test
    void settingsOfSparkReachItAsTheyAreGiven() throws IOException {
        Properties spark = spark(
                Chart.resources(
                        "{sparkConf: {spark.a: 'C:\\a', spark.b: \"one\\ntwo\", spark.c: true, spark.d: 25000000, spark.e: 0.5}}"));

        assertEquals("C:\\a", spark.getProperty("spark.a"));
        assertEquals("one\ntwo", spark.getProperty("spark.b"));
        assertEquals("true", spark.getProperty("spark.c"));
        assertEquals("25000000", spark.getProperty("spark.d"));
        assertEquals("0.5", spark.getProperty("spark.e"));
    }

    @Test
    void theJobFileIsTheRunsToTheLetter() throws IOException {
        String file = "  # indented\n  name: \"a b\"\n  output: /output/a\n\n";

        assertEquals(
                file,
                Chart.resources("job: {file: \"" + file.replace("\"", "\\\"").replace("\n", "\\n") + "\"}")
                        .file("job.yaml"));
    }

    @Test
    void theDriverIsGuaranteedWhatItAsksFor() {
        ResourceRequirements resources = driver(Chart.resources()).getResources();

        assertEquals(resources.getRequests(), resources.getLimits());
        assertEquals(new Quantity("2048Mi"), resources.getLimits().get("memory"));
    }

    @Test
    void rightsAreToPodsAndConfigMapsOfTheNamespaceAlone() {
        Role role = Chart.resources().only(Role.class);

        assertEquals(
                List.of(List.of("pods"), List.of("configmaps")),
                role.getRules().stream().map(rule -> rule.getResources()).toList());
        assertTrue(role.getRules().stream().noneMatch(rule -> rule.getVerbs().contains("*")));
    }

    @Test
    void policiesFindThePodsOfBothKinds() {
        Resources chart = Chart.resources();
        Map<String, String> policy =
                chart.only(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels();

        assertEquals(
                policy,
                chart.only(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels());
        for (Map<String, String> labels : List.of(
                template(chart).getMetadata().getLabels(),
                chart.executor().getMetadata().getLabels())) {
            assertTrue(labels.entrySet().containsAll(policy.entrySet()), () -> policy + " in " + labels);
        }
    }

    @Test
    void sharedMemoryGrowsWithTheNetworkAndIsPartOfTheMemory() throws IOException {
        Properties small = spark(Chart.resources());
        Resources chart = Chart.resources("{job: {parameters: 100000000}, executors: {count: 2, cores: 2}}");
        Properties large = spark(chart);

        // 2 (15 · 8² / 100 + 13 · 3 + 1) MiB of links, and 4 · 10⁸ bytes three times.
        assertEquals("1243Mi", sharedMemory(chart.executor()).toString());
        assertEquals("2779m", large.getProperty("spark.executor.memoryOverhead"));
        assertEquals("86Mi", sharedMemory(Chart.resources().executor()).toString());
        assertEquals("1622m", small.getProperty("spark.executor.memoryOverhead"));
        Resources told = Chart.resources("{executors: {sharedMemory: 512}}");
        assertEquals("512Mi", sharedMemory(told.executor()).toString());
    }

    @Test
    void eachWorkerHasItsGpus() throws IOException {
        Properties spark = spark(Chart.resources("{gpu: {perWorker: 1}, executors: {cores: 2}}"));

        assertEquals("1", spark.getProperty("spark.task.resource.gpu.amount"));
        assertEquals("2", spark.getProperty("spark.executor.resource.gpu.amount"));
        assertEquals("nvidia.com", spark.getProperty("spark.executor.resource.gpu.vendor"));
        assertEquals("/opt/lockstep/kubernetes/gpus", spark.getProperty("spark.executor.resource.gpu.discoveryScript"));
    }

    @Test
    void volcanoHoldsExecutorsTogetherAndNotTheDriver() throws IOException {
        Resources chart = Chart.resources("{scheduler: {name: volcano, queue: research}, executors: {count: 3}}");

        assertTrue(chart.has("PodGroup"));
        assertTrue(Chart.text("{scheduler: {name: volcano}, executors: {count: 3}}")
                .contains("minMember: 3"));
        assertEquals("volcano", chart.executor().getSpec().getSchedulerName());
        assertEquals("lockstep", chart.executor().getMetadata().getAnnotations().get("scheduling.k8s.io/group-name"));
        assertEquals(null, template(chart).getSpec().getSchedulerName());
    }

    @Test
    void yunikornIsToldOfBothGroups() throws IOException {
        Resources chart = Chart.resources("{scheduler: {name: yunikorn, queue: root.research}}");
        Map<String, String> annotations = template(chart).getMetadata().getAnnotations();

        assertEquals("yunikorn", template(chart).getSpec().getSchedulerName());
        assertEquals("yunikorn", chart.executor().getSpec().getSchedulerName());
        assertEquals(
                "[{\"minMember\":1,\"minResource\":{\"cpu\":\"1\",\"memory\":\"2048Mi\"},\"name\":\"driver\"},"
                        + "{\"minMember\":2,\"minResource\":{\"cpu\":\"1\",\"memory\":\"2646Mi\"},\"name\":\"executor\"}]",
                annotations.get("yunikorn.apache.org/task-groups"));
        assertEquals("root.research", template(chart).getMetadata().getLabels().get("queue"));
    }

    /** Its own pods hold the places, and have to be where the run's will fit. */
    @Test
    void yunikornReservesWhereTheRunsPodsFit() throws IOException {
        Resources chart = Chart.resources(
                """
                scheduler: {name: yunikorn}
                gpu: {perWorker: 1}
                executors: {cores: 2, nodeSelector: {gpu: h200}, tolerations: [{operator: Exists}]}
                """);

        assertEquals(
                "{\"minMember\":2,\"minResource\":{\"cpu\":\"2\",\"memory\":\"2661Mi\",\"nvidia.com/gpu\":\"2\"},"
                        + "\"name\":\"executor\",\"nodeSelector\":{\"gpu\":\"h200\"},"
                        + "\"tolerations\":[{\"operator\":\"Exists\"}]}]",
                template(chart)
                        .getMetadata()
                        .getAnnotations()
                        .get("yunikorn.apache.org/task-groups")
                        .split(",(?=\\{\"minMember)")[1]);
    }

    @Test
    void everyOptionTogetherIsStillWhatKubernetesKnows() throws IOException {
        Resources chart = Chart.resources(
                """
                image: {repository: registry.example/lockstep, tag: "1.0", pullSecrets: [registry]}
                job: {path: /jobs/a.yaml, arguments: [--set, "train.epochs=10"]}
                output: {claim: shared}
                volumes: [{name: data, persistentVolumeClaim: {claimName: images}}]
                volumeMounts: [{name: data, mountPath: /data, readOnly: true}]
                driver: {nodeSelector: {pool: small}}
                executors:
                  nodeSelector: {accelerator: h200}
                  tolerations: [{key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}]
                  affinity: {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}}
                priorityClassName: training
                sparkConf: {spark.authenticate: "true"}
                environment: [{name: AWS_REGION, value: eu-west-1}]
                metrics: {from: [{namespaceSelector: {matchLabels: {name: monitoring}}}]}
                """);

        assertFalse(chart.has("PersistentVolumeClaim"));
        assertEquals("true", spark(chart).getProperty("spark.authenticate"));
        Container driver = driver(chart);
        assertEquals("registry.example/lockstep:1.0", driver.getImage());
        assertTrue(String.join(" ", driver.getArgs()).endsWith("train /jobs/a.yaml --resume --set train.epochs=10"));
        PodSpec executor = chart.executor().getSpec();
        assertEquals("training", executor.getPriorityClassName());
        assertEquals(Map.of("accelerator", "h200"), executor.getNodeSelector());
        assertEquals("NoSchedule", executor.getTolerations().get(0).getEffect());
        assertTrue(executor.getAffinity().getPodAffinity() != null);
        assertEquals(Map.of("pool", "small"), template(chart).getSpec().getNodeSelector());
        for (Container container : List.of(driver, executor.getContainers().get(0))) {
            assertTrue(container.getVolumeMounts().stream()
                    .anyMatch(mount -> mount.getMountPath().equals("/data")
                            && mount.getName().equals("data")));
        }
        assertEquals(2, chart.only(NetworkPolicy.class).getSpec().getIngress().size());
    }

    private static PodTemplateSpec template(Resources chart) {
        return chart.only(Job.class).getSpec().getTemplate();
    }

    private static Container driver(Resources chart) {
        return template(chart).getSpec().getContainers().get(0);
    }

    private static Properties spark(Resources chart) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(chart.file("spark.properties")));
        return properties;
    }

    private static Quantity sharedMemory(Pod executor) {
        return executor.getSpec().getVolumes().stream()
                .map(Volume::getEmptyDir)
                .filter(volume -> volume != null && "Memory".equals(volume.getMedium()))
                .findFirst()
                .orElseThrow()
                .getSizeLimit();
    }
}
