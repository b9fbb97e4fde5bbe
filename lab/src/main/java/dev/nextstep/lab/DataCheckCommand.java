package dev.nextstep.lab;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.cli.JsonReport;
import dev.nextstep.data.tool.DataChecker;
import dev.nextstep.image.PictureReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep data check}: whether every sample of a data folder can be used. */
@Command(
        name = "check",
        description = "Verify checksums and counts, read every sample, decode every picture.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DataCheckCommand implements Callable<Integer> {
    private static final int TOLD = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A data folder.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path folder;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try (var watching = new Watching(spec)) {
            var result = DataChecker.check(folder, new PictureReader(), watching.work());
            watching.close();
            var printer = spec.commandLine().getOut();
            if (json) {
                JsonReport.print(printer, result.toJson());
            } else {
                for (var set : result.sets()) {
                    printer.printf(
                            "%s (%s): %d shards, %,d bytes, %,d of %,d samples good%n",
                            set.name(), set.kind().id(), set.shards(), set.bytes(), set.good(), set.samples());
                    set.damage().forEach((reason, n) -> printer.printf("  damaged: %,d %s%n", n, reason));
                    set.details().stream().limit(TOLD).forEach(d -> printer.printf("    %s%n", d));
                }
            }
            return result.isGood() ? ExitCode.OK.number() : ExitCode.BAD_INPUT.number();
        }
    }
}
