package dev.nextstep.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nextstep doctor}: whether everything is well. */
@Command(
        name = "doctor",
        description = {
            "Check this machine and the model: Java, vectors, memory, disk, a picture computed as the "
                    + "official code does.",
            "Exit code 1 if there is a problem; warnings do not count."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep doctor",
            "  ./nextstep doctor --json > doctor.json",
        })
final class DoctorCommand implements Callable<Integer> {

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
        printer.add(MachineCheck.all());
        printer.add(ModelCheck.all(model.directory(), model.options()));
        printer.add(List.of(ModelCheck.speed(model.options())));
        return printer.end().number();
    }
}
