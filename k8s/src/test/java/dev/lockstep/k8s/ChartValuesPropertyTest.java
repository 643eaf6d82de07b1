package dev.lockstep.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value changed, alone and beside every other one, renders to what a cluster takes. */
class ChartValuesPropertyTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    /** A date, and a number that YAML would take for a thousand. */
    private static final String RELEASE = "20261128";

    private static final String NAMESPACE = "1e3";

    /** Another value for each that the chart has, text that YAML would take for something else where it may be. */
    private static final String CHANGED =
            """
            image: {repository: "registry.example:5000/a/lockstep@sha256:0123", tag: "1.0", pullPolicy: Always, pullSecrets: ["1"]}
            job:
              file: "  # indented\\n  name: a\\n  output: s3a://bucket/a\\n\\n"
              path: "/output/a: b #c.yaml"
              arguments: [--set, "name=it's: {a}", "--set=x=\\\\"]
              parameters: 123456789012
              retries: 0
              keepSeconds: 2592000
              graceSeconds: 86400
            output: {enabled: false, claim: "12", size: "1000000", storageClass: "true", accessMode: ReadWriteOnce}
            volumes: [{name: data, secret: {secretName: data}}]
            volumeMounts: [{name: data, mountPath: /data, readOnly: true}]
            environment: [{name: A, value: "1"}, {name: B, valueFrom: {secretKeyRef: {name: b, key: b}}}]
            driver:
              cores: 3
              heap: 1048576
              native: 1048576
              nodeSelector: {arch: "64"}
              tolerations: [{key: a, operator: Exists}]
              affinity: {podAffinity: {}}
            executors:
              count: 4
              cores: 2
              heap: 1048576
              native: 1048576
              sharedMemory: 1048576
              nodeSelector: {arch: "64"}
              tolerations: [{key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}]
              affinity: {nodeAffinity: {}}
            gpu: {perWorker: 2, vendor: amd.com}
            priorityClassName: "007"
            runAsUser: null
            scheduler: {name: SCHEDULER, queue: "1.5"}
            sparkConf: {spark.a: "back\\\\slash\\nline: #", spark.b: 1000000, spark.c: true}
            metrics: {enabled: false, from: [{podSelector: {}}]}
            networkPolicy: {enabled: false}
            disruptionBudget: {enabled: false}
            """;

    private static List<JsonPointer> leaves;

    @BeforeAll
    static void readLeaves() throws IOException {
        leaves = new ArrayList<>();
        collect(YAML.readTree(Chart.FOLDER.resolve("values.yaml").toFile()), JsonPointer.empty());
    }

    private static void collect(JsonNode value, JsonPointer path) {
        if (value.isObject() && !value.isEmpty()) {
            value.fields()
                    .forEachRemaining(
                            field -> collect(field.getValue(), path.append(JsonPointer.compile("/" + field.getKey()))));
        } else {
            leaves.add(path);
        }
    }

    @Test
    void eachAloneMakesWhatAClusterTakes() throws IOException {
        JsonNode changed = YAML.readTree(CHANGED.replace("SCHEDULER", "volcano"));
        for (JsonPointer leaf : leaves) {
            assertTaken(values(changed, List.of(leaf)));
        }
    }

    /**
     * The value i is changed in the renderings that a set of four of nine names, the first of them always: of two such
     * sets, each has a member that the other has not, and there is one that neither has. (Kleitman and Spencer, 1973.)
     */
    @ParameterizedTest
    @ValueSource(strings = {"volcano", "yunikorn"})
    void everyTwoTogetherMakeWhatAClusterTakes(String scheduler) throws IOException {
        JsonNode changed = YAML.readTree(CHANGED.replace("SCHEDULER", scheduler));
        int renderings = 9;
        int[] sets = IntStream.range(0, 1 << renderings)
                .filter(set -> (set & 1) == 1 && Integer.bitCount(set) == 4)
                .toArray();
        assertTrue(leaves.size() <= sets.length, () -> "values=" + leaves.size() + ", sets=" + sets.length);

        for (int rendering = 0; rendering < renderings; rendering++) {
            int bit = 1 << rendering;
            List<JsonPointer> chosen = IntStream.range(0, leaves.size())
                    .filter(i -> (sets[i] & bit) != 0)
                    .mapToObj(leaves::get)
                    .toList();
            assertTaken(values(changed, chosen));
        }
    }

    @ParameterizedTest
    @CsvSource({"2026.11.28, 42", "fifty-three-letters-are-all-that-a-release-may-have-i, other", "0x1f, on"})
    void anyNameOfAReleaseIsText(String release, String namespace) throws IOException {
        assertEquals(List.of(), wrong(Chart.resources(release, namespace, "{}"), release, namespace));
    }

    @Test
    void twoReleasesShareNothing() throws IOException {
        List<String> one = names(Chart.resources("one", NAMESPACE, "{}"));
        List<String> other = names(Chart.resources("other", NAMESPACE, "{}"));

        assertFalse(one.isEmpty());
        assertTrue(one.stream().noneMatch(other::contains), () -> one + " and " + other);
    }

    private static List<String> names(Resources chart) {
        return chart.all().stream()
                .map(each -> each.getKind() + "/" + each.getMetadata().getName())
                .toList();
    }

    private static String values(JsonNode changed, List<JsonPointer> chosen) throws IOException {
        ObjectNode values = YAML.createObjectNode();
        for (JsonPointer leaf : chosen) {
            JsonNode value = changed.at(leaf);
            assertFalse(value.isMissingNode(), () -> "A value of the chart is not changed here: value=" + leaf);
            values.withObject(leaf.head()).set(leaf.last().getMatchingProperty(), value);
        }
        return YAML.writeValueAsString(values);
    }

    private static void assertTaken(String values) throws IOException {
        Resources chart = Chart.resources(RELEASE, NAMESPACE, values);
        assertEquals(List.of(), wrong(chart, RELEASE, NAMESPACE), values);
    }

    /** What a cluster or this project would not take, of resources that have been read strictly. */
    private static List<String> wrong(Resources chart, String release, String namespace) {
        List<String> wrong = new ArrayList<>();
        for (HasMetadata resource : chart.all()) {
            boolean isOurs = resource.getMetadata().getName().startsWith(release)
                    && namespace.equals(resource.getMetadata().getNamespace());
            if (!isOurs) {
                wrong.add("not the release's own: " + resource);
            }
        }
        var driver = chart.only(Job.class).getSpec().getTemplate();
        for (PodSpec pod : List.of(driver.getSpec(), chart.executor().getSpec())) {
            wrong.addAll(PodSecurity.violations(pod));
        }
        for (Map<String, String> labels : List.of(
                driver.getMetadata().getLabels(), chart.executor().getMetadata().getLabels())) {
            if (!release.equals(labels.get("app.kubernetes.io/instance"))) {
                wrong.add("no policy finds it: " + labels);
            }
        }
        return wrong;
    }
}
