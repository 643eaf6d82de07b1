package dev.lockstep.deploy;

import dev.lockstep.deploy.doctor.Examination;
import dev.lockstep.deploy.doctor.Finding;
import dev.lockstep.deploy.doctor.Needs;
import dev.lockstep.driver.job.Job;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** What the doctor sees of a training at its start, without delaying it: a line where something is wrong, else none. */
final class StartExamination {
    private StartExamination() {}

    static void say(SparkSession spark, Job job) {
        SparkConf conf = spark.sparkContext().getConf();
        List<Finding> findings = Examination.atStart(Needs.of(job), conf);
        if (!findings.isEmpty()) {
            System.err.println(line(findings));
        }
    }

    static String line(List<Finding> findings) {
        return "lockstep: "
                + findings.stream()
                        .map(finding -> finding.found() + ". " + finding.fix())
                        .collect(Collectors.joining("; "))
                + ". The command doctor says more.";
    }
}
