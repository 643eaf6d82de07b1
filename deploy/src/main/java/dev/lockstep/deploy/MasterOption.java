package dev.lockstep.deploy;

import picocli.CommandLine.Option;

/** {@code --master}: where Spark runs. */
final class MasterOption {
    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "Where Spark runs: local[n], local-cluster[n,cores,MiB], spark://host:port, yarn, k8s://https://host:port."
                            + " Default: this process, on all cores.")
    private String master;

    /** Null where the option was not given: spark-submit's master counts then, or this process. */
    String value() {
        return master;
    }

    /** Whether tasks run in other processes than this one. */
    boolean isCluster() {
        String chosen = master == null ? System.getProperty("spark.master", "local") : master;
        return !Sessions.isInProcess(chosen);
    }
}
