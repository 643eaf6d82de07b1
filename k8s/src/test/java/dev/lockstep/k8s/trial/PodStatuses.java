package dev.lockstep.k8s.trial;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

/** A pod with the status that a kubelet reports. */
final class PodStatuses {
    private PodStatuses() {}

    static Pod running(Pod pod, String address) {
        ContainerState state =
                new ContainerStateBuilder().withNewRunning().endRunning().build();
        return with(pod, "Running", address, state, true);
    }

    static Pod ended(Pod pod, int code) {
        ContainerState state = new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(code)
                .endTerminated()
                .build();
        return with(pod, code == 0 ? "Succeeded" : "Failed", pod.getStatus().getPodIP(), state, false);
    }

    private static Pod with(Pod pod, String phase, String address, ContainerState state, boolean ready) {
        return new PodBuilder(pod)
                .withNewStatus()
                .withPhase(phase)
                .withPodIP(address)
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .withContainerStatuses(new ContainerStatusBuilder()
                        .withName(pod.getSpec().getContainers().get(0).getName())
                        .withReady(ready)
                        .withState(state)
                        .build())
                .endStatus()
                .build();
    }
}
