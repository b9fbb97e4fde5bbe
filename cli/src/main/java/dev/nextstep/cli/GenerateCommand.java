package dev.nextstep.cli;

import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.engine.Cancellation;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep generate}: a picture from words. */
@Command(
        name = "generate",
        description = "Draw a picture from words.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep generate \"a red heart\"",
            "  ./nextstep generate --seed 7 --guidance 5 --out panda.png \"a panda, noto style\"",
        })
final class GenerateCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "PROMPT", description = "What to draw.")
    private String prompt = "";

    @Mixin
    private final DrawingArguments drawing = new DrawingArguments();

    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write: .png, .jpg or .webp (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("nextstep.png");

    @Override
    public Integer call() {
        var builder = GenerateRequest.builder(prompt);
        drawing.apply(builder);
        var request = builder.build();
        var err = spec.commandLine().getErr();
        try (var opened = NextStep.open(model.directory(), model.options());
                var progress = new PlainProgress(err)) {
            var picture =
                    opened.generateAll(request, progress, new Cancellation()).getFirst();
            picture.write(out);
            spec.commandLine()
                    .getOut()
                    .println("%s: %d x %d pixels, seed %d"
                            .formatted(
                                    out,
                                    picture.pixels().width(),
                                    picture.pixels().height(),
                                    request.seed()));
        }
        return ExitCode.OK.number();
    }
}
