package dev.lockstep.deploy;

import dev.lockstep.deploy.doctor.ClusterExamination;
import dev.lockstep.deploy.doctor.Examination;
import dev.lockstep.deploy.doctor.Finding;
import dev.lockstep.driver.ExitCode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lockstep doctor}: what is missing on this machine or on a cluster's, and how to get it. */
@Command(name = "doctor", description = "Examine this machine, or a cluster's, for what training needs.")
final class DoctorCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec;

    @Mixin
    private MasterOption master;

    @Override
    public Integer call() {
        Map<String, List<Finding>> places = new LinkedHashMap<>();
        places.put("this machine", Examination.run());
        if (master.isCluster()) {
            places.putAll(examineCluster());
        }

        places.forEach(this::print);
        boolean sound = places.values().stream()
                .flatMap(List::stream)
                .noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL);
        return (sound ? ExitCode.DONE : ExitCode.CLUSTER_FAILED).code();
    }

    private Map<String, List<Finding>> examineCluster() {
        try (SparkSession session = Sessions.open("lockstep doctor", master.value(), /* workers */ 1)) {
            return ClusterExamination.run(JavaSparkContext.fromSparkContext(session.sparkContext()), PATIENCE);
        }
    }

    private void print(String place, List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(place);
        findings.forEach(finding -> out.println("  " + finding));
    }
}
