package dev.lockstep.deploy;

import dev.lockstep.driver.ExitCode;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.LockstepException;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever a command throws into one line on stderr and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final BooleanSupplier debug;

    Failures(BooleanSupplier debug) {
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException problem, String[] args) {
        CommandLine line = problem.getCommandLine();
        String hint = suggestion(problem) + " See " + line.getCommandSpec().qualifiedName() + " --help.";
        print(line.getErr(), oneLine(problem.getMessage()) + "." + hint, problem);
        return ExitCode.BAD_JOB.code();
    }

    @Override
    public int handleExecutionException(Exception problem, CommandLine line, CommandLine.ParseResult parsed) {
        // Spark wraps what its tasks and jobs throw.
        LockstepException known = knownCause(problem);
        if (known != null) {
            // A job file may be wrong in several places, one a line.
            String message = known instanceof JobFileException
                    ? known.getMessage().replace("\n", "\nlockstep: ")
                    : oneLine(known.getMessage());
            print(line.getErr(), message, problem);
            return known.exitCode().code();
        }

        print(line.getErr(), "Unexpected failure: " + oneLine(problem.toString()) + ". --debug shows where.", problem);
        return ExitCode.TRAINING_FAILED.code();
    }

    private void print(PrintWriter err, String message, Exception problem) {
        err.println("lockstep: " + message);

        if (debug.getAsBoolean()) {
            problem.printStackTrace(err);
        }
    }

    private static String suggestion(ParameterException problem) {
        if (!(problem instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }

        List<String> nearest = unmatched.getSuggestions();
        return nearest.isEmpty()
                ? ""
                : " Nearest: " + nearest.stream().limit(3).collect(Collectors.joining(", ")) + ".";
    }

    private static LockstepException knownCause(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof LockstepException known) {
                return known;
            }
        }
        return null;
    }

    private static String oneLine(String message) {
        return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
