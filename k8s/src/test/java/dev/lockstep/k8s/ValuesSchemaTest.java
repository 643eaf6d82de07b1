package dev.lockstep.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** values.schema.json refuses what is wrong before anything reaches a cluster. */
class ValuesSchemaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {executer: {count: 2}}                | executer
                    {executors: {count: 0}}               | /executors/count
                    {executors: {heap: 1g}}               | /executors/heap
                    {executors: {memory: 1024}}           | memory
                    {job: {file: ''}}                     | /job
                    {job: {retries: -1}}                  | /job/retries
                    {job: {graceSeconds: 10}}             | /job/graceSeconds
                    {job: {path: jobs/a.yaml}}            | /job/path
                    {scheduler: {name: slurm}}            | /scheduler/name
                    {sparkConf: {executor.memory: 1g}}    | executor.memory
                    {sparkConf: {spark.task.cpus: [2]}}   | /sparkConf/spark.task.cpus
                    {sparkConf: {spark.a b: 1}}           | spark.a b
                    {sparkConf: {spark: {ui: {}}}}        | spark
                    {environment: [{name: A, value: 1}]}  | /environment/0/value
                    {volumeMounts: [{name: a}]}           | mountPath
                    {runAsUser: 0}                        | /runAsUser
                    {output: {accessMode: Shared}}        | /output/accessMode
                    {image: {pullPolicy: Sometimes}}      | /image/pullPolicy
                    {gpu: {perWorker: 0.5}}               | /gpu/perWorker
                    """)
    void refuses(String values, String named) {
        RuntimeException refused = assertThrows(RuntimeException.class, () -> Chart.text(values));

        String said = refused.getMessage();
        assertTrue(said.contains("values don't meet the specifications of the schema"), said);
        assertTrue(said.contains(named) || said.contains(named.substring(1).replace('/', '.')), said);
    }

    /** A value without a line in the schema would be refused, one without a default never rendered as documented. */
    @Test
    void valuesAndSchemaNameTheSame() throws IOException {
        JsonNode values = new ObjectMapper(new YAMLFactory())
                .readTree(Chart.FOLDER.resolve("values.yaml").toFile());
        JsonNode schema = new ObjectMapper()
                .readTree(Chart.FOLDER.resolve("values.schema.json").toFile())
                .path("properties");

        assertEquals(names(values), names(withoutGlobal(schema)));
        values.fields().forEachRemaining(value -> {
            JsonNode known = schema.path(value.getKey()).path("properties");
            if (!known.isMissingNode()) {
                assertEquals(names(value.getValue()), names(known), value.getKey());
            }
        });
    }

    /** Helm adds it to the values of every chart. */
    private static JsonNode withoutGlobal(JsonNode schema) {
        return schema.<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy().without("global");
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names.stream().sorted().toList();
    }
}
