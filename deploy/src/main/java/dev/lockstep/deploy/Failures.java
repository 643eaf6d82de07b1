package dev.lockstep.deploy;

import dev.lockstep.driver.ExitCode;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.LockstepException;
import dev.lockstep.driver.failure.Diagnosis;
import dev.lockstep.driver.yaml.Nearest;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever a command throws into one line on stderr and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final BooleanSupplier debug;
    private volatile boolean silent;

    Failures(BooleanSupplier debug) {
        this.debug = debug;
    }

    /** From now on the process ends and has said why: what fails because of that has nothing to add. */
    void silence() {
        this.silent = true;
    }

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        CommandLine line = problem.getCommandLine();
        String wrong = rule(problem);
        String end = wrong.endsWith("?") ? "" : ".";
        String help = " See " + line.getCommandSpec().qualifiedName() + " --help.";
        print(line.getErr(), wrong + end + help, problem);
        return ExitCode.BAD_JOB.code();
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine line, CommandLine.ParseResult parsed) {
        return end(problem, line.getErr());
    }

    /** Says in a line what has ended a command, an Error included, and returns the exit code. */
    int end(Throwable problem, PrintWriter err) {
        Optional<LockstepException> known = Diagnosis.of(problem);
        if (known.isPresent()) {
            // A job file may be wrong in several places, one a line.
            String message = known.get() instanceof JobFileException
                    ? known.get().getMessage().replace("\n", "\nlockstep: ")
                    : oneLine(known.get().getMessage());
            print(err, message, problem);
            return known.get().exitCode().code();
        }

        String reason =
                ": reason=" + Diagnosis.reason(problem) + ", type=" + innermost(problem) + ". --debug shows where.";
        boolean ofSpark = problem instanceof SparkException;
        print(err, (ofSpark ? "A Spark job failed" : "Lockstep has failed by a fault of its own") + reason, problem);
        return (ofSpark ? ExitCode.CLUSTER_FAILED : ExitCode.TRAINING_FAILED).code();
    }

    private static String innermost(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName();
    }

    private void print(PrintWriter err, String message, Throwable problem) {
        if (silent) {
            return;
        }

        err.println("lockstep: " + message);
        if (debug.getAsBoolean()) {
            problem.printStackTrace(err);
        }
    }

    static String noSuchCommand(CommandLine lockstep, String command) {
        return "There is no such command: command=" + command
                + Nearest.hint(command, lockstep.getSubcommands().keySet());
    }

    /** In words of our own where picocli counts arguments. */
    private static String rule(ParameterException problem) {
        if (!(problem instanceof UnmatchedArgumentException unmatched)) {
            return oneLine(problem.getMessage());
        }
        String argument = unmatched.getUnmatched().get(0);
        if (unmatched.isUnknownOption()) {
            List<String> nearest = unmatched.getSuggestions();
            return oneLine(problem.getMessage()) + (nearest.isEmpty() ? "" : ". Did you mean " + nearest.get(0) + "?");
        }
        CommandLine line = problem.getCommandLine();
        return line.getParent() == null
                ? noSuchCommand(line, argument)
                : "There is an argument too many: argument=" + argument;
    }

    private static String oneLine(String message) {
        return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
