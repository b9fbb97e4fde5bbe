package dev.nextstep.lab;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.tool.DataPage;
import dev.nextstep.image.PictureReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep data show}: pictures and captions on a page. */
@Command(
        name = "show",
        description = "Write an HTML page, complete in itself, of pictures and captions of a data folder.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DataShowCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A data folder.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path folder;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The page.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path out;

    @Option(names = "--samples", paramLabel = "N", description = "Samples of each data set (default: ${DEFAULT-VALUE}).")
    private int samples = 100;

    @Option(names = "--seed", paramLabel = "N", description = "Which ones; the first if not given.")
    private @Nullable Long seed;

    @Option(names = "--kind", description = "Only samples of this kind.")
    private @Nullable String kind;

    @Override
    public Integer call() throws IOException {
        var choice = new DataPage.Choice(
                samples, Optional.ofNullable(seed), Optional.ofNullable(kind).map(SampleKind::of));
        try (var watching = new Watching(spec)) {
            int shown = DataPage.write(folder, choice, out, new PictureReader(), watching.work());
            watching.close();
            spec.commandLine().getOut().printf("%s: %,d samples%n", out, shown);
            return ExitCode.OK.number();
        }
    }
}
