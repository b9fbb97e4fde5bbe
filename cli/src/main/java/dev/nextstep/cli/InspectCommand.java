package dev.nextstep.cli;

import dev.nextstep.checkpoint.OpenedWeights;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep inspect}: what is in a model, a file of weights or a picture. */
@Command(
        name = "inspect",
        description =
                "Show what is in a model directory, a file of weights (.safetensors, .gguf, .index.json, .pt) or a picture.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep inspect                        the model that comes with the program",
            "  ./nextstep inspect --predict DIR          how long a picture takes on this machine",
            "  ./nextstep inspect --tensors model.safetensors",
            "  ./nextstep inspect heart.png              size, format, recipe",
        })
final class InspectCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..1",
            description = "What to look at; the model of --model if not given.")
    private @Nullable Path path;

    @Option(names = "--tensors", description = "List every tensor: name, type, shape.")
    private boolean tensors;

    @Option(names = "--hash", description = "Hash of all weights, which reads them all.")
    private boolean hash;

    @Option(
            names = "--predict",
            description = "Predict the seconds of a picture from runs of the kernels, about three seconds.")
    private boolean predict;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Override
    public Integer call() throws NoSuchFileException {
        var place = path == null ? model.directory() : path;
        var report = new Report();
        var code = inspect(place, report);
        var out = spec.commandLine().getOut();
        if (json) {
            report.printJson(out);
        } else {
            report.printText(out);
        }
        return code.number();
    }

    private ExitCode inspect(Path place, Report report) throws NoSuchFileException {
        if (!Files.exists(place)) {
            throw new NoSuchFileException(place.toString());
        }
        if (Files.isDirectory(place)) {
            return new ModelReport(place, report).write(tensors, hash, predict, model.options());
        }
        String name = place.toString().toLowerCase(Locale.ROOT);
        if (Stream.of(".safetensors", ".gguf", ".index.json", ".pt", ".pth", ".bin", ".ckpt")
                .anyMatch(name::endsWith)) {
            try (var weights = OpenedWeights.open(place)) {
                new WeightsReport(report).write(place, weights.source(), tensors);
            }
        } else {
            new PictureReport(report).write(place);
        }
        return ExitCode.OK;
    }
}
