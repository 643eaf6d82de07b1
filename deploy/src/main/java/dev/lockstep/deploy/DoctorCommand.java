package dev.lockstep.deploy;

import dev.lockstep.deploy.doctor.ClusterExamination;
import dev.lockstep.deploy.doctor.Examination;
import dev.lockstep.deploy.doctor.Finding;
import dev.lockstep.driver.ExitCode;
import dev.lockstep.driver.job.Job;
import dev.lockstep.driver.job.JobFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep doctor}: what is missing on this machine or on a cluster's, and how to get it. */
@Command(name = "doctor", description = "Examine this machine, or a cluster's, for what training needs.")
final class DoctorCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "JOB",
            arity = "0..1",
            description = "A job file: whether shared memory holds its links, parameters and gradients.")
    private Path file;

    @Mixin
    private MasterOption master;

    @Mixin
    private SettingsOption settings;

    @Override
    public Integer call() {
        Map<String, List<Finding>> places = new LinkedHashMap<>();
        Job job = file == null ? null : JobFile.read(file, settings.values());
        places.put("this machine", job == null ? Examination.run() : Examination.run(job));
        if (master.isCluster()) {
            places.putAll(examineCluster(job));
        }

        places.forEach(this::print);
        boolean sound = places.values().stream()
                .flatMap(List::stream)
                .noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL);
        return (sound ? ExitCode.DONE : ExitCode.CLUSTER_FAILED).code();
    }

    private Map<String, List<Finding>> examineCluster(Job job) {
        try (OpenSession session = Sessions.open("lockstep doctor", master.value(), /* workers */ 1)) {
            JavaSparkContext spark =
                    JavaSparkContext.fromSparkContext(session.spark().sparkContext());
            return ClusterExamination.run(spark, job, PATIENCE);
        }
    }

    private void print(String place, List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(place);
        findings.forEach(finding -> out.println("  " + finding));
    }
}
