package dev.lockstep.deploy;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep help}: what {@code --help} shows, for whoever asks for it in a word. */
@Command(name = "help", description = "Show what lockstep, or one of its commands, is for.")
final class HelpCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "Whose options to show.")
    private String command;

    @Override
    public void run() {
        CommandLine lockstep = spec.parent().commandLine();
        CommandLine asked =
                command == null ? lockstep : lockstep.getSubcommands().get(command);
        if (asked == null) {
            throw new ParameterException(lockstep, Failures.noSuchCommand(lockstep, command));
        }
        asked.usage(lockstep.getOut());
    }
}
