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
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the chart renders, by the real Helm engine and read strictly. */
class ChartTest {
    private static final Set<String> ANSWERED = Set.of("driver", "executor");

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
            assertTrue(spec.getSecurityContext().getRunAsNonRoot());
            assertEquals(185, spec.getSecurityContext().getRunAsUser());
            assertEquals(
                    "RuntimeDefault",
                    spec.getSecurityContext().getSeccompProfile().getType());
            Container container = spec.getContainers().get(0);
            assertTrue(ANSWERED.contains(container.getName()));
            assertFalse(container.getSecurityContext().getAllowPrivilegeEscalation());
            assertTrue(container.getSecurityContext().getReadOnlyRootFilesystem());
            assertEquals(
                    List.of("ALL"),
                    container.getSecurityContext().getCapabilities().getDrop());
        }
        assertFalse(chart.executor().getSpec().getAutomountServiceAccountToken());
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

    @Test
    void everyOptionTogetherIsStillWhatKubernetesKnows() throws IOException {
        Resources chart = Chart.resources(
                """
                image: {repository: registry.example/lockstep, tag: "1.0", pullSecrets: [registry]}
                job: {path: /jobs/a.yaml, arguments: [--set, "train.epochs=10"]}
                output: {claim: shared}
                nodeSelector: {accelerator: h200}
                tolerations: [{key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}]
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
        assertEquals("training", chart.executor().getSpec().getPriorityClassName());
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
