package dev.nextstep.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nextstep status}: what is here, without drawing. */
@Command(
        name = "status",
        description = {
            "Say in a moment what is here: Java, vectors, memory, disk, the model, engines.",
            "The short form of doctor, which also draws and measures. Exit code 1 if there is a problem."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep status",
            "  ./nextstep status --json",
            "  ./nextstep status --engine torch",
        })
final class StatusCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Mixin
    private final EngineArguments engine = new EngineArguments();

    @Override
    public Integer call() {
        var printer = new FindingsPrinter(
                spec.commandLine().getOut(), json ? FindingsPrinter.Form.JSON : FindingsPrinter.Form.TEXT);
        printer.add(MachineCheck.all());
        printer.add(ModelCheck.opens(model.directory(), model.options()));
        printer.add(MachineCheck.engines());
        var asked = engine.engine();
        printer.add(List.of(asked.map(MachineCheck::devices).orElseGet(MachineCheck::gpu)));
        return printer.end().number();
    }
}
