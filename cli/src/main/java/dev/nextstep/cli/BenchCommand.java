package dev.nextstep.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nextstep bench}: what measurements need. */
@Command(
        name = "bench",
        description = {
            "What measurements need; the measurements themselves are made by bench/run in the source tree",
            "(docs/performance.md)."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = {MakeModelCommand.class},
        footer = {
            "",
            "Example:",
            "  ./nextstep bench make-model --shape 14b --to q4_0 --out random-14b      random weights, official size",
        })
final class BenchCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /** Without a command there is nothing to do: show what there is. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
