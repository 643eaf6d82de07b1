package dev.lockstep.deploy;

import dev.lockstep.deploy.doctor.ClusterExamination;
import dev.lockstep.deploy.doctor.Diagnoses;
import dev.lockstep.deploy.doctor.Examination;
import dev.lockstep.deploy.doctor.Finding;
import dev.lockstep.deploy.doctor.Needs;
import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.ExitCode;
import dev.lockstep.driver.job.JobFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
            description = "A job file: whether slots, cores, shared memory and the folder of checkpoints do for it.")
    private Path file;

    @Mixin
    private MasterOption master;

    @Mixin
    private SettingsOption settings;

    @Option(names = "--json", description = "Print one line of JSON, for programs.")
    private boolean json;

    private final Diagnoses diagnoses = new Diagnoses();

    @Override
    public Integer call() {
        Needs needs = file == null ? Needs.USUAL : Needs.of(JobFile.read(file, settings.values()));
        HostName.replaced(!master.isCluster());
        SparkConf conf = new SparkConf();
        add("this machine", master.isCluster() ? Examination.run(needs, conf) : Examination.alone(needs, conf));
        if (master.isCluster()) {
            addCluster(needs);
        } else {
            List<Finding> training = new ArrayList<>(List.of(Examination.slots(master.value(), needs)));
            training.addAll(Examination.ofDriver(needs, conf, new Configuration()));
            add("training", training);
        }

        spec.commandLine().getOut().println(json ? diagnoses.json() : diagnoses.summary());
        boolean fails = diagnoses.verdict() == Finding.Verdict.FAIL;
        return (fails ? ExitCode.CLUSTER_FAILED : ExitCode.DONE).code();
    }

    private void addCluster(Needs needs) {
        int workers = Math.max(1, needs.workers());
        try (OpenSession session = Sessions.open("lockstep doctor", master.value(), workers)) {
            JavaSparkContext spark =
                    JavaSparkContext.fromSparkContext(session.spark().sparkContext());
            add("training", Examination.ofDriver(needs, spark.getConf(), spark.hadoopConfiguration()));
            ClusterExamination.run(spark, needs, PATIENCE).forEach(this::add);
        } catch (ClusterException e) {
            // One more finding: what was found before it may be the reason.
            add("cluster", List.of(Finding.fail("cluster", e.getMessage(), "")));
        }
    }

    /** For people at once, because a cluster may take its time. */
    private void add(String place, List<Finding> findings) {
        diagnoses.add(place, findings);
        if (!json) {
            Diagnoses.text(place, findings).forEach(spec.commandLine().getOut()::println);
        }
    }
}
