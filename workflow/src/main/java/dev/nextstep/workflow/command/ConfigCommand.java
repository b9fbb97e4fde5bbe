package dev.nextstep.workflow.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nextstep config}: settings. */
@Command(
        name = "config",
        description = "Settings of batches and workflows: nextstep.yaml, the environment, and what is built in.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = {ConfigShowCommand.class},
        footer = {"", "Example:", "  ./nextstep config show      every value, and where it came from"})
public final class ConfigCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /** Without a command there is nothing to do: show what there is. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
