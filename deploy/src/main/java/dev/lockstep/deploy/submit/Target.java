package dev.lockstep.deploy.submit;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who is to run a driver.
 *
 * @param master empty where nothing names one
 * @param isCluster whether the driver runs there, and not here
 */
record Target(String master, boolean isCluster) {
    private static final String YARN = "yarn";
    private static final String KUBERNETES = "k8s";

    static Target of(SubmitOptions options, Path defaults) {
        return new Target(
                options.setting("--master", "spark.master", defaults).orElse(""),
                options.setting("--deploy-mode", "spark.submit.deployMode", defaults)
                        .equals(Optional.of("cluster")));
    }

    /** Whether files of this machine reach the driver: a standalone master has no means to bring them. */
    boolean isBrought() {
        return isCluster && (master.startsWith(YARN) || isKubernetes());
    }

    boolean isKubernetes() {
        return master.startsWith(KUBERNETES);
    }

    boolean isClusterOfYarn() {
        return isCluster && master.startsWith(YARN);
    }
}
