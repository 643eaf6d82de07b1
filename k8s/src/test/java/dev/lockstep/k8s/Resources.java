package dev.lockstep.k8s;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Resources read from YAML into the model of a Kubernetes client. An unknown or a repeated field is an error, which a
 * cluster would drop without a word, and so is a number where text belongs, as in a name, which it would refuse.
 */
public record Resources(List<HasMetadata> all) {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.ofEntries(
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
            Map.entry("v1/Pod", Pod.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("rbac.authorization.k8s.io/v1/Role", Role.class),
            Map.entry("rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            // Of others than Kubernetes, whose fields nobody here knows.
            Map.entry("scheduling.volcano.sh/v1beta1/PodGroup", GenericKubernetesResource.class),
            Map.entry("sparkoperator.k8s.io/v1beta2/SparkApplication", GenericKubernetesResource.class));

    private static final List<CoercionInputShape> NUMBERS =
            List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);
    private static final ObjectMapper LENIENT = yaml().build();
    private static final ObjectMapper STRICT = yaml().annotationIntrospector(new NoAnySetter())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(
                    LogicalType.Textual, text -> NUMBERS.forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)))
            .build();

    /** The model's classes keep fields that they do not know for the sake of newer clusters; here they must not. */
    private static final class NoAnySetter extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }

    static Resources of(String yaml) {
        try (var documents = LENIENT.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            List<HasMetadata> all = new ArrayList<>();
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                if (!document.isNull() && !document.isMissingNode()) {
                    all.add(resource(document));
                }
            }
            return new Resources(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HasMetadata resource(JsonNode document) throws IOException {
        String kind = document.path("apiVersion").asText() + "/"
                + document.path("kind").asText();
        Class<? extends HasMetadata> type = KINDS.get(kind);
        if (type == null) {
            throw new IOException("Kind is not one that the chart should make: kind=" + kind);
        }
        ObjectMapper mapper = type == GenericKubernetesResource.class ? LENIENT : STRICT;
        return mapper.treeToValue(document, type);
    }

    private static JsonMapper.Builder yaml() {
        return JsonMapper.builder(new YAMLFactory()).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    /** The only one of its kind. */
    public <T extends HasMetadata> T only(Class<T> type) {
        List<T> found = all.stream().filter(type::isInstance).map(type::cast).toList();
        if (found.size() != 1) {
            throw new AssertionError("One was expected: type=" + type.getSimpleName() + ", found=" + found.size());
        }
        return found.get(0);
    }

    boolean has(String kind) {
        return all.stream().anyMatch(resource -> resource.getKind().equals(kind));
    }

    /** A file of the run's ConfigMap. */
    public String file(String name) {
        return only(ConfigMap.class).getData().get(name);
    }

    /** The template that Spark makes executors of. */
    Pod executor() {
        return of(file("executor.yaml")).only(Pod.class);
    }
}
