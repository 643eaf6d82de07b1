package dev.lockstep.k8s.trial;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container's variables and arguments, with what the downward API and other variables put into them. */
record PodEnvironment(Map<String, String> variables, List<String> arguments) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\((\\w+)\\)");

    /** @param image what its image sets */
    static PodEnvironment of(Pod pod, String address, Map<String, String> image) {
        Container container = pod.getSpec().getContainers().get(0);
        Map<String, String> variables = new LinkedHashMap<>(image);
        for (EnvVar variable : container.getEnv()) {
            variables.put(variable.getName(), value(variable, pod, address, variables));
        }
        List<String> arguments = container.getArgs().stream()
                .map(argument -> expanded(argument, variables))
                .toList();
        return new PodEnvironment(variables, arguments);
    }

    private static String value(EnvVar variable, Pod pod, String address, Map<String, String> before) {
        if (variable.getValueFrom() == null) {
            return variable.getValue() == null ? "" : expanded(variable.getValue(), before);
        }
        String field = variable.getValueFrom().getFieldRef().getFieldPath();
        return switch (field) {
            case "status.podIP" -> address;
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            default -> throw new IllegalArgumentException("Field is not one that this trial knows: field=" + field);
        };
    }

    private static String expanded(String text, Map<String, String> variables) {
        return REFERENCE
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), found.group())));
    }
}
