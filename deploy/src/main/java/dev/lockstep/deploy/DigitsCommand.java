package dev.lockstep.deploy;

import dev.lockstep.driver.ExitCode;
import dev.lockstep.driver.data.source.drawn.DigitsSource;
import dev.lockstep.driver.job.Source;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep digits}: the examples' data, for programs that do not draw them by themselves. */
@Command(name = "digits", description = "Draw images of digits, 28 x 28, into a pair of IDX files.")
final class DigitsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "Where the files go; made if it is not there.")
    private Path folder;

    @Option(names = "--examples", paramLabel = "N", description = "How many images. Default: ${DEFAULT-VALUE}.")
    private int examples = 10_000;

    @Option(names = "--seed", paramLabel = "S", description = "Another seed, other images. Default: ${DEFAULT-VALUE}.")
    private long seed = 0;

    @Override
    public Integer call() {
        Source wanted = new Source(folder.toAbsolutePath().toString())
                .format(Source.DIGITS)
                .option("examples", Integer.toString(examples))
                .option("seed", Long.toString(seed));
        Source drawn = DigitsSource.drawn(wanted);
        spec.commandLine().getOut().println(drawn.path());
        spec.commandLine().getOut().println(drawn.options().get("labels"));
        return ExitCode.DONE.code();
    }
}
