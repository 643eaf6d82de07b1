package dev.lockstep.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * manifests/ is the chart with its own values, without what only Helm reads. After a change of the chart,
 * {@code -Dlockstep.docs=write} writes it.
 */
class ManifestsTest {
    private static final Path FOLDER = Path.of("manifests");
    private static final Path EXAMPLES = Path.of("examples");
    private static final boolean IS_WRITING = "write".equals(System.getProperty("lockstep.docs"));
    private static final String SOURCE = "# Source: lockstep/templates/";

    @Test
    void sayWhatTheChartSays() throws IOException {
        Map<String, String> rendered = rendered();
        assertEquals(Chart.templates(), List.copyOf(rendered.keySet()));
        for (Map.Entry<String, String> file : rendered.entrySet()) {
            assertSaid(file.getValue(), FOLDER.resolve(file.getKey()));
        }
    }

    @Test
    void areWhatKubernetesKnows() throws IOException {
        int resources = 0;
        for (String name : files()) {
            resources +=
                    Resources.of(Files.readString(FOLDER.resolve(name))).all().size();
        }

        assertEquals(1 + Chart.resources().all().size(), resources);
    }

    @Test
    void kustomizeHasAllOfThem() throws IOException {
        JsonNode kustomization = new ObjectMapper(new YAMLFactory())
                .readTree(FOLDER.resolve("kustomization.yaml").toFile());
        List<String> listed = new ArrayList<>();
        kustomization.path("resources").forEach(name -> listed.add(name.asText()));

        assertEquals("Kustomization", kustomization.path("kind").asText());
        assertEquals(files(), listed.stream().sorted().toList());
    }

    @Test
    void theirNamespaceEnforcesTheRestrictedStandard() throws IOException {
        Namespace namespace =
                Resources.of(Files.readString(FOLDER.resolve("namespace.yaml"))).only(Namespace.class);

        assertEquals(Chart.NAME, namespace.getMetadata().getName());
        assertTrue(namespace
                .getMetadata()
                .getLabels()
                .entrySet()
                .contains(Map.entry("pod-security.kubernetes.io/enforce", "restricted")));
    }

    /** For spark-submit, which makes both kinds of pods of templates. */
    @Test
    void thePodTemplatesAreTheCharts() throws IOException {
        String executor = withoutHelm(Chart.resources().file("executor.yaml"));
        // The driver talks with Kubernetes, and has no workers.
        String driver = executor.replace("component: executor", "component: driver")
                .replace("- name: executor\n", "- name: driver\n")
                .replace("  automountServiceAccountToken: false\n", "");

        assertSaid(executor, EXAMPLES.resolve("executor.yaml"));
        assertSaid(driver, EXAMPLES.resolve("driver.yaml"));
        assertEquals(
                "driver",
                Resources.of(driver)
                        .only(Pod.class)
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getName());
    }

    @Test
    void theReadersPodIsWhatTheNamespaceAdmits() throws IOException {
        PodSpec reader = Resources.of(Files.readString(EXAMPLES.resolve("reader.yaml")))
                .only(Pod.class)
                .getSpec();

        assertEquals(List.of(), PodSecurity.violations(reader));
        assertEquals(image(), reader.getContainers().get(0).getImage());
    }

    private static String image() {
        return Chart.resources()
                .only(Job.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    private static void assertSaid(String text, Path file) throws IOException {
        if (IS_WRITING) {
            Files.writeString(file, text);
        }
        assertEquals(text, Files.readString(file), file::toString);
    }

    @Test
    void theOperatorIsGivenWhatTheChartSays() throws IOException {
        String application = Files.readString(EXAMPLES.resolve("spark-application.yaml"));

        assertEquals(1, Resources.of(application).all().size());
        assertTrue(application.contains("\n  image: " + image() + "\n"));
        Chart.resources()
                .file("spark.properties")
                .lines()
                .filter(line -> line.startsWith("spark.executor.memoryOverhead="))
                .forEach(line -> assertTrue(application.contains("memoryOverhead: " + line.split("=")[1]), line));
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("kustomization.yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** By the template's name. */
    private static Map<String, String> rendered() {
        Map<String, String> files = new TreeMap<>();
        for (String document : Chart.text().split("(?m)^---\n")) {
            if (document.startsWith(SOURCE)) {
                String name = document.substring(SOURCE.length(), document.indexOf('\n'));
                String resource = withoutHelm(document.substring(document.indexOf('\n') + 1));
                files.merge(name, resource, (one, other) -> one + "---\n" + other);
            }
        }
        return files;
    }

    private static String withoutHelm(String resource) {
        return Arrays.stream(resource.split("\n"))
                        .filter(line -> !line.matches("\\s*(app.kubernetes.io/managed-by|helm.sh/chart): .*"))
                        .collect(Collectors.joining("\n"))
                        .replaceAll("\n {2}annotations:(\n {4}#[^\n]*)?\n {4}helm.sh/resource-policy: keep", "")
                        .strip()
                + "\n";
    }
}
