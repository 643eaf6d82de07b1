package dev.lockstep.k8s;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Pod Security's standard "restricted", as a cluster enforces it, and a root that nobody writes to. */
public final class PodSecurity {
    private static final Set<String> SECCOMP = Set.of("RuntimeDefault", "Localhost");

    private PodSecurity() {}

    /** What a pod does that it must not; empty where all is well. */
    public static List<String> violations(PodSpec pod) {
        List<String> found = new ArrayList<>();
        check(
                found,
                Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC())
                        .noneMatch(Boolean.TRUE::equals),
                "has a namespace of its host");
        for (Volume volume : pod.getVolumes()) {
            check(found, isPermitted(volume), "mounts " + volume.getName());
        }
        Stream.of(pod.getInitContainers(), pod.getContainers())
                .flatMap(List::stream)
                .forEach(container -> check(found, container, pod.getSecurityContext()));
        return found;
    }

    private static void check(List<String> found, boolean isGood, String otherwise) {
        if (!isGood) {
            found.add(otherwise);
        }
    }

    private static boolean isPermitted(Volume volume) {
        return Stream.of(
                        volume.getConfigMap(),
                        volume.getCsi(),
                        volume.getDownwardAPI(),
                        volume.getEmptyDir(),
                        volume.getEphemeral(),
                        volume.getPersistentVolumeClaim(),
                        volume.getProjected(),
                        volume.getSecret())
                .anyMatch(Objects::nonNull);
    }

    /** What a container does not say of itself, its pod may say. */
    private static void check(List<String> found, Container container, PodSecurityContext pod) {
        String name = container.getName();
        SecurityContext own = Objects.requireNonNullElseGet(container.getSecurityContext(), SecurityContext::new);
        PodSecurityContext all = Objects.requireNonNullElseGet(pod, PodSecurityContext::new);
        Capabilities capabilities = Objects.requireNonNullElseGet(own.getCapabilities(), Capabilities::new);
        SeccompProfile seccomp = own.getSeccompProfile() == null ? all.getSeccompProfile() : own.getSeccompProfile();

        check(found, !Boolean.TRUE.equals(own.getPrivileged()), name + " is privileged");
        check(found, Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()), name + " may become somebody else");
        check(found, capabilities.getDrop().contains("ALL"), name + " keeps capabilities");
        check(found, capabilities.getAdd().isEmpty(), name + " adds capabilities");
        check(found, Boolean.TRUE.equals(either(own.getRunAsNonRoot(), all.getRunAsNonRoot())), name + " may be root");
        check(found, !Long.valueOf(0).equals(either(own.getRunAsUser(), all.getRunAsUser())), name + " is root");
        check(found, seccomp != null && SECCOMP.contains(seccomp.getType()), name + " has no seccomp profile");
        check(
                found,
                container.getPorts().stream().allMatch(port -> port.getHostPort() == null),
                name + " has a port of its host");
        check(found, Boolean.TRUE.equals(own.getReadOnlyRootFilesystem()), name + " writes to its root");
    }

    private static <T> T either(T own, T pods) {
        return own == null ? pods : own;
    }
}
