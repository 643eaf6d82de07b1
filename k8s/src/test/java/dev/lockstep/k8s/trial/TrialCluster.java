package dev.lockstep.k8s.trial;

import static dev.lockstep.k8s.trial.ApiServer.NAMESPACE;

import dev.lockstep.k8s.Resources;
import dev.lockstep.k8s.image.ImageRoot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** A cluster of Kubernetes as far as a run sees it: its API, and pods that run. */
final class TrialCluster implements Closeable {
    private final Deque<Closeable> parts = new ArrayDeque<>();
    private final ApiServer api;
    private final Kubelet kubelet;
    private final KubernetesClient client;

    private TrialCluster(Path dockerfile, Path folder) throws Exception {
        try {
            ImageRoot image = started(ImageRoot.build(dockerfile));
            PodNetwork network = started(PodNetwork.start());
            api = started(ApiServer.start(Files.createDirectories(folder.resolve("api")), network.here()));
            client = started(api.client());
            kubelet = started(new Kubelet(api, image, network, folder.resolve("pods")));
            kubelet.start();
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    static TrialCluster start(Path dockerfile, Path folder) throws Exception {
        return new TrialCluster(dockerfile, folder);
    }

    private <T extends Closeable> T started(T part) {
        parts.push(part);
        return part;
    }

    /** As kubectl apply does; {@link JobController} makes pods of the Job. */
    Rights apply(Resources resources) {
        for (HasMetadata resource : resources.all()) {
            var known = client.resource(resource).inNamespace(NAMESPACE);
            HasMetadata unused = known.get() == null ? known.create() : known.update();
        }
        Rights rights = new Rights(resources.only(Role.class));
        api.give(rights);
        return rights;
    }

    ApiServer api() {
        return api;
    }

    KubernetesClient client() {
        return client;
    }

    Kubelet kubelet() {
        return kubelet;
    }

    /** What a claim's volume has. */
    Path volume(String claim) {
        return kubelet.claims().resolve(claim);
    }

    /** Names of an application's executors that have been started, in the order of their numbers. */
    List<String> executors(String application) {
        return kubelet.pods().keySet().stream()
                .filter(name -> name.startsWith(application + "-") && name.contains("-exec-"))
                .toList();
    }

    void delete(String pod) {
        var unused = client.pods().inNamespace(NAMESPACE).withName(pod).delete();
    }

    /** Waits until a pod has printed something, and says all that was printed if it does not. */
    void awaitLog(String pod, String words, Duration patience) {
        try {
            String unused = Await.value(words + " of " + pod, patience, () -> {
                RunningPod running = kubelet.pods().get(pod);
                boolean ended = running != null && running.exit().isDone();
                if (running != null && running.log().contains(words)) {
                    return words;
                }
                if (ended) {
                    throw new AssertionError(pod + " has ended without: " + words);
                }
                return null;
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + logs(), e);
        }
    }

    String logs() {
        return kubelet.pods().values().stream()
                .map(pod -> "--- " + pod.name() + "\n" + pod.log())
                .collect(Collectors.joining("\n"));
    }

    Pod pod(String name) {
        return client.pods().inNamespace(NAMESPACE).withName(name).get();
    }

    @Override
    public void close() throws IOException {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
