package dev.lockstep.deploy;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lockstep completion}: what a shell needs to complete commands, options and files. */
@Command(
        name = "completion",
        description = "Print what bash and zsh need to complete commands and options: source <(lockstep completion).")
final class CompletionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine lockstep = spec.parent().commandLine();
        lockstep.getOut().print(AutoComplete.bash(lockstep.getCommandName(), lockstep));
        lockstep.getOut().flush();
    }
}
