package dev.nextstep.lab;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.tool.DataPage;
import dev.nextstep.data.tool.Work;
import dev.nextstep.image.PictureReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nextstep data show}: pictures and captions in a page. */
@Command(
        name = "show",
        description =
                "Write a page (HTML, one file that needs nothing else) with pictures and captions of a data folder.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Example:", "  ./nextstep data show my-data --out page.html --samples 200 --seed 7"})
final class DataShowCommand extends DataSubcommand {
    @Parameters(paramLabel = "DIR", description = "The data folder.")
    private Path folder = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "The page (default: ${DEFAULT-VALUE}).")
    private Path page = Path.of("data.html");

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Samples of each kind, 1 to 2000 (default: ${DEFAULT-VALUE}).")
    private int samples = 100;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Choose them at random, spread over all; the first ones if not given.")
    private @Nullable Long seed;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            converter = DataSubcommand.KindConverter.class,
            description = "Only nlp, image_text_pair, image_editing or interleave.")
    private @Nullable SampleKind kind;

    @Override
    ExitCode run(Work work) throws IOException {
        var choice = new DataPage.Choice(samples, Optional.ofNullable(seed), Optional.ofNullable(kind));
        int shown = DataPage.write(folder, choice, page, new PictureReader(), work);
        print(
                Map.of("page", page.toString(), "samples", shown),
                out -> out.println("%s: %d samples".formatted(page, shown)));
        return ExitCode.OK;
    }
}
