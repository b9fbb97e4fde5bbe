package dev.nextstep.workflow.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nextstep workflow}: ready-made packages of pictures. */
@Command(
        name = "workflow",
        description = "Packages of pictures from a few words: a brand, a campaign, a lesson, or your own.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            WorkflowListCommand.class,
            WorkflowShowCommand.class,
            WorkflowRunCommand.class,
            WorkflowNewCommand.class,
        },
        footer = {
            "",
            "Examples:",
            "  ./nextstep workflow list",
            "  ./nextstep workflow run brand company=\"Acme Coffee\" industry=coffee style=natural --zip",
            "  ./nextstep workflow new seasons      a workflow of your own, to be changed",
        })
public final class WorkflowCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /** Without a command there is nothing to do: show what there is. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
