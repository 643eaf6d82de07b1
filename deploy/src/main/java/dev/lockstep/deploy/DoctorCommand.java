package dev.lockstep.deploy;

import dev.lockstep.deploy.doctor.Examination;
import dev.lockstep.deploy.doctor.Finding;
import dev.lockstep.driver.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lockstep doctor}: what is missing on this machine, and how to get it. */
@Command(name = "doctor", description = "Examine this machine, or a cluster, for what training needs.")
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> findings = Examination.run();
        findings.forEach(out::println);
        boolean sound = findings.stream().noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL);
        return (sound ? ExitCode.DONE : ExitCode.CLUSTER_FAILED).code();
    }
}
