package dev.lockstep.deploy;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.apache.spark.SparkUserAppException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code lockstep}: its sub-commands do the work. */
@Command(
        name = "lockstep",
        description = "Trains neural networks on Apache Spark: N workers compute what one would.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        subcommands = {
            TrainCommand.class,
            SubmitCommand.class,
            UiCommand.class,
            RunsCommand.class,
            PlotCommand.class,
            CheckCommand.class,
            SearchCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            ExportCommand.class,
            ConvertCommand.class,
            NewCommand.class,
            DigitsCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
public final class Lockstep implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--debug",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show stack traces and Lockstep's log on the console.")
    private boolean debug;

    /** @throws SparkUserAppException in a container of YARN, which reads the exit code from it */
    public static void main(String[] args) throws SparkUserAppException {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Lockstep lockstep = new Lockstep();
        Failures failures = new Failures(() -> lockstep.debug);
        Ending ending = new Ending(failures, err);
        ending.install();
        Interruption.install(ending, err);
        int code = lockstep.run(failures, out, err, args);
        if (ClusterManager.isDriverOfYarn()) {
            ending.leave(code);
        } else {
            ending.with(code);
        }
    }

    boolean isDebugging() {
        return debug;
    }

    /** Runs one command and returns what the process should end with. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        Lockstep lockstep = new Lockstep();
        return lockstep.run(new Failures(() -> lockstep.debug), out, err, args);
    }

    private int run(Failures failures, PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(this);
        line.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionStrategy(this::execute)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
        try {
            return line.execute(args);
        } catch (Error e) {
            // picocli hands on exceptions alone.
            return failures.end(e, err);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing");
    }

    private int execute(CommandLine.ParseResult parsed) {
        if (debug) {
            // Read by the log's configuration, which is not loaded before the first command runs.
            System.setProperty("lockstep.console", "info");
        }

        return new CommandLine.RunLast().execute(parsed);
    }
}
