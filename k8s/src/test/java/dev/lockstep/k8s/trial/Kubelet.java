package dev.lockstep.k8s.trial;

import static dev.lockstep.k8s.trial.ApiServer.NAMESPACE;

import dev.lockstep.k8s.image.ImageRoot;
import dev.lockstep.k8s.image.Sandbox;
import dev.lockstep.k8s.image.Shell;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Starts every pod of the namespace as processes in namespaces of their own, says in its status what becomes of it, and
 * ends it when it is deleted. A deleted pod is kept until its process has ended, as clusters do.
 */
final class Kubelet implements Closeable, ResourceEventHandler<Pod> {
    private static final long USUAL_GRACE_SECONDS = 30;
    private static final long AGAIN_MS = 100;

    private final KubernetesClient client;
    private final ApiServer api;
    private final ImageRoot image;
    private final PodNetwork network;
    private final Path folder;
    private final Map<String, RunningPod> started = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor();

    Kubelet(ApiServer api, ImageRoot image, PodNetwork network, Path folder) {
        this.client = api.client();
        this.api = api;
        this.image = image;
        this.network = network;
        this.folder = folder;
    }

    void start() {
        var unused = client.pods().inNamespace(NAMESPACE).inform(this);
        var alsoUnused = client.services().inNamespace(NAMESPACE).inform(new ResourceEventHandler<Service>() {
            @Override
            public void onAdd(Service service) {
                work.execute(Kubelet.this::writeHosts);
            }

            @Override
            public void onUpdate(Service before, Service now) {}

            @Override
            public void onDelete(Service service, boolean isFinalStateUnknown) {}
        });
    }

    Path claims() {
        return folder.resolve("claims");
    }

    /** By name; those that have ended, too. */
    Map<String, RunningPod> pods() {
        return started;
    }

    @Override
    public void onAdd(Pod pod) {
        work.execute(() -> run(pod));
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
        if (now.isMarkedForDeletion()) {
            work.execute(() -> terminate(now));
        }
    }

    @Override
    public void onDelete(Pod pod, boolean isFinalStateUnknown) {
        RunningPod running = started.get(pod.getMetadata().getName());
        if (running != null) {
            running.kill();
        }
    }

    private void run(Pod pod) {
        String name = pod.getMetadata().getName();
        try {
            Path own = Files.createDirectories(folder.resolve(name));
            PodFolder files = new PodFolder(own, claims(), client);
            if (!files.isComplete(pod)) {
                var unused = work.schedule(() -> run(pod), AGAIN_MS, TimeUnit.MILLISECONDS);
                return;
            }
            String address = network.nextAddress();
            PodEnvironment environment = PodEnvironment.of(pod, address, image.environment());
            Sandbox sandbox = new Sandbox(
                    image,
                    own,
                    name,
                    network.connect(address),
                    files.mounts(pod, api.authority()),
                    environment.variables(),
                    environment.arguments());
            RunningPod running = new RunningPod(name, address, own, sandbox.start(), new CompletableFuture<>());
            started.put(name, running);
            writeHosts();
            edit(name, now -> PodStatuses.running(now, address));
            var unused = running.process().onExit().thenAccept(process -> work.execute(() -> ended(running)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void terminate(Pod pod) {
        String name = pod.getMetadata().getName();
        RunningPod running = started.get(name);
        if (running == null || running.exit().isDone()) {
            release(name);
            return;
        }
        Long grace = pod.getSpec().getTerminationGracePeriodSeconds();
        running.terminate(grace == null ? USUAL_GRACE_SECONDS : grace);
    }

    private void ended(RunningPod pod) {
        int code = pod.process().exitValue();
        Pod now = edit(pod.name(), known -> PodStatuses.ended(known, code));
        pod.exit().complete(code);
        // Half a gigabyte of unpacked libraries each.
        String unused = Shell.run("rm -rf " + Shell.quoted(pod.folder().resolve("volumes")));
        if (now != null && now.isMarkedForDeletion()) {
            release(pod.name());
        }
    }

    private void release(String name) {
        Pod unused = edit(name, pod -> new PodBuilder(pod)
                .editMetadata()
                .withFinalizers(List.of())
                .endMetadata()
                .build());
    }

    /** Null if it is gone. */
    private Pod edit(String name, UnaryOperator<Pod> change) {
        var resource = client.pods().inNamespace(NAMESPACE).withName(name);
        return resource.get() == null ? null : resource.edit(change);
    }

    /** Every pod's, as all may ask for any service. */
    private void writeHosts() {
        StringBuilder lines = new StringBuilder("127.0.0.1 localhost\n")
                .append(network.here())
                .append(' ')
                .append(ApiServer.NAME)
                .append('\n');
        started.values().forEach(pod -> lines.append(pod.address())
                .append(' ')
                .append(pod.name())
                .append('\n'));
        for (Service service : client.services().inNamespace(NAMESPACE).list().getItems()) {
            client.pods().inNamespace(NAMESPACE).withLabels(service.getSpec().getSelector()).list().getItems().stream()
                    .map(pod -> started.get(pod.getMetadata().getName()))
                    .filter(pod -> pod != null && !pod.exit().isDone())
                    .forEach(pod -> lines.append(pod.address())
                            .append(' ')
                            .append(service.getMetadata().getName())
                            .append('.')
                            .append(NAMESPACE)
                            .append(".svc\n"));
        }
        started.values().forEach(pod -> write(pod.folder().resolve("hosts"), lines.toString()));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        started.values().forEach(RunningPod::kill);
        work.shutdownNow();
        client.close();
    }
}
