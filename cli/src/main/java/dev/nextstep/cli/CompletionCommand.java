package dev.nextstep.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep completion}: scripts that let shells complete commands, options and files. */
@Command(
        name = "completion",
        description = "Print a script that lets a shell complete commands and options.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  source <(./nextstep completion bash)",
            "  source <(./nextstep completion zsh)",
            "  ./nextstep completion fish > ~/.config/fish/completions/nextstep.fish",
            "  ./nextstep completion bash --aliases >> ~/.bashrc",
        })
final class CompletionCommand implements Callable<Integer> {
    private static final String NAME = "nextstep";

    enum Shell {
        bash,
        zsh,
        fish
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    @Option(
            names = "--aliases",
            description =
                    "Also short names, with completion: nsg for generate, nse edit, nsb batch, nsw workflow run, …")
    private boolean aliases;

    @Override
    public Integer call() {
        var all = Main.commandLine();
        Elsewhere.addTo(all);
        // The script for bash switches zsh to bash's way of completing by itself.
        String script = shell == Shell.fish ? FishCompletion.script(NAME, all) : AutoComplete.bash(NAME, all);
        spec.commandLine().getOut().print(script.endsWith("\n") ? script : script + "\n");
        if (aliases) {
            spec.commandLine().getOut().print(ShellAliases.script(NAME, shell));
        }
        return ExitCode.OK.number();
    }
}
