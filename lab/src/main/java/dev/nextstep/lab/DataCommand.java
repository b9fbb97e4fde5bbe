package dev.nextstep.lab;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nextstep data}: captioned pictures on disk. */
@Command(
        name = "data",
        description = "Build, index, check and show data sets: pictures and captions in tar shards.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            DataBuildCommand.class,
            DataEmojiCommand.class,
            DataIndexCommand.class,
            DataCheckCommand.class,
            DataShowCommand.class,
        },
        footer = {
            "",
            "Examples:",
            "  ./nextstep data build my-pictures my-data      name.png + name.txt become shards",
            "  ./nextstep data emoji --pictures emoji-set --out emoji-data      the emoji set, five styles",
            "  ./nextstep data check my-data                  checksums, samples, pictures",
            "  ./nextstep data show my-data --out page.html   pictures and captions in one page",
        })
public final class DataCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    /** Without a command there is nothing to do: show what there is. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
