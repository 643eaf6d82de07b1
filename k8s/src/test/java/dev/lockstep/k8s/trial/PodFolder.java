package dev.lockstep.k8s.trial;

import static dev.lockstep.k8s.trial.ApiServer.NAMESPACE;

import dev.lockstep.k8s.image.Sandbox.Mount;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A pod's volumes as folders.
 *
 * @param folder the pod's own
 * @param claims where persistent volumes are, by the names of their claims
 */
record PodFolder(Path folder, Path claims, KubernetesClient client) {
    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    /** Whether all is there that it has to mount: spark-submit makes a driver before its settings. */
    boolean isComplete(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .map(Volume::getConfigMap)
                .filter(Objects::nonNull)
                .allMatch(source -> configMap(source) != null);
    }

    private ConfigMap configMap(ConfigMapVolumeSource source) {
        return client.configMaps()
                .inNamespace(NAMESPACE)
                .withName(source.getName())
                .get();
    }

    List<Mount> mounts(Pod pod, Path authority) throws IOException {
        List<Mount> mounts = new ArrayList<>();
        for (VolumeMount mount : pod.getSpec().getContainers().get(0).getVolumeMounts()) {
            Volume volume = pod.getSpec().getVolumes().stream()
                    .filter(each -> each.getName().equals(mount.getName()))
                    .findFirst()
                    .orElseThrow();
            mounts.add(mount(volume, mount.getMountPath()));
        }
        if (!Boolean.FALSE.equals(pod.getSpec().getAutomountServiceAccountToken())) {
            mounts.add(Mount.of(account(authority), ACCOUNT, true));
        }
        mounts.add(Mount.of(hosts(), "/etc/hosts", false));
        return mounts;
    }

    private Mount mount(Volume volume, String target) throws IOException {
        if (volume.getEmptyDir() != null) {
            return "Memory".equals(volume.getEmptyDir().getMedium())
                    ? Mount.memory(
                            volume.getEmptyDir()
                                            .getSizeLimit()
                                            .getNumericalAmount()
                                            .toBigInteger() + "",
                            target)
                    : Mount.of(writable(folder.resolve("volumes").resolve(volume.getName())), target, false);
        }
        if (volume.getPersistentVolumeClaim() != null) {
            return Mount.of(
                    writable(claims.resolve(volume.getPersistentVolumeClaim().getClaimName())), target, false);
        }
        if (volume.getConfigMap() != null) {
            return Mount.of(files(volume.getName(), volume.getConfigMap()), target, true);
        }
        throw new IOException("Volume is of a kind that this trial does not have: volume=" + volume);
    }

    /** As with fsGroup: the pod's user may write there. */
    private static Path writable(Path path) throws IOException {
        Files.createDirectories(path);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private Path files(String volume, ConfigMapVolumeSource source) throws IOException {
        ConfigMap map = configMap(source);
        Path files = Files.createDirectories(folder.resolve("volumes").resolve(volume));
        List<KeyToPath> items = source.getItems();
        for (Map.Entry<String, String> entry : map.getData().entrySet()) {
            if (items.isEmpty()) {
                Files.writeString(files.resolve(entry.getKey()), entry.getValue());
            }
        }
        for (KeyToPath item : items) {
            Files.writeString(files.resolve(item.getPath()), map.getData().get(item.getKey()));
        }
        return files;
    }

    private Path account(Path authority) throws IOException {
        Path account = Files.createDirectories(folder.resolve("account"));
        Files.writeString(account.resolve("token"), ApiServer.POD_TOKEN);
        Files.writeString(account.resolve("namespace"), NAMESPACE);
        Files.copy(authority, account.resolve("ca.crt"));
        return account;
    }

    /** Instead of a name server; written again as services come. */
    Path hosts() throws IOException {
        Path hosts = folder.resolve("hosts");
        if (!Files.exists(hosts)) {
            Files.createFile(hosts);
        }
        return hosts;
    }
}
