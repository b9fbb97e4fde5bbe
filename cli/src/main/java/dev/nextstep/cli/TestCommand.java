package dev.nextstep.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nextstep test}: whether the model computes what it should. */
@Command(
        name = "test",
        description = {
            "Draw once from recorded noise and compare with the numbers of the official code that come with "
                    + "the program.",
            "Exit code 1 if they differ."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep test",
            "  ./nextstep test --json",
        })
final class TestCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Override
    public Integer call() {
        var printer = new FindingsPrinter(
                spec.commandLine().getOut(), json ? FindingsPrinter.Form.JSON : FindingsPrinter.Form.TEXT);
        printer.add(ModelCheck.all(model.directory(), model.options()));
        return printer.end().number();
    }
}
