package dev.nextstep.lab;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nextstep data}: captioned pictures on disk. */
@Command(
        name = "data",
        description = "Captioned pictures on disk: build, index, check and look at data folders.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DataBuildCommand.class,
            DataEmojiCommand.class,
            DataIndexCommand.class,
            DataCheckCommand.class,
            DataShowCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  ./nextstep data build my-pictures --out my-data      name.png with name.txt beside it",
            "  ./nextstep data emoji --pictures emoji-set --out emoji-data --glyphs core",
            "  ./nextstep data check my-data",
            "  ./nextstep data show my-data --out page.html",
        })
public final class DataCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which of build, emoji, index, check, show?");
    }
}
