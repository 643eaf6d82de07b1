package dev.lockstep.k8s.trial;

import static dev.lockstep.k8s.trial.ApiServer.NAMESPACE;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a cluster makes of a Job: a pod of its template, and another one where its failure policy allows for it. */
final class JobController {
    private final KubernetesClient client;
    private final Kubelet kubelet;
    private final Job job;
    private final String pods;
    private final List<Integer> codes = new ArrayList<>();

    /** @param pods how the names of its pods begin */
    JobController(KubernetesClient client, Kubelet kubelet, Job job, String pods) {
        this.client = client;
        this.kubelet = kubelet;
        this.job = job;
        this.pods = pods;
    }

    /** Runs it to its end, and returns what each of its pods ended with. */
    List<Integer> run(Duration patience) throws Exception {
        while (codes.size() <= job.getSpec().getBackoffLimit()) {
            String name = createPod();
            int code = Await.value("the start of " + name, patience, () -> kubelet.pods()
                            .get(name))
                    .exitCode(patience);
            codes.add(code);
            if (code == 0 || isPermanent(code)) {
                break;
            }
        }
        return codes;
    }

    String podName(int attempt) {
        return pods + "-" + attempt;
    }

    private String createPod() {
        var template = job.getSpec().getTemplate();
        String name = podName(codes.size());
        Pod pod = new PodBuilder()
                .withMetadata(template.getMetadata())
                .editMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
        Pod unused = client.pods().inNamespace(NAMESPACE).resource(pod).create();
        return name;
    }

    private boolean isPermanent(int code) {
        return job.getSpec().getPodFailurePolicy().getRules().stream()
                .anyMatch(rule -> rule.getAction().equals("FailJob")
                        && rule.getOnExitCodes() != null
                        && rule.getOnExitCodes().getOperator().equals("In")
                        && rule.getOnExitCodes().getValues().contains(code));
    }
}
