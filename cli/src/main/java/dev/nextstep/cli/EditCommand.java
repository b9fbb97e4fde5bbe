package dev.nextstep.cli;

import dev.nextstep.EditRequest;
import dev.nextstep.NextStep;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.Pixels;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep edit}: a picture from others and an instruction. */
@Command(
        name = "edit",
        description = "Draw a picture from other pictures and an instruction.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  ./nextstep edit -i heart.png --out blue.png \"make it blue\"",
        })
final class EditCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "INSTRUCTION", description = "What to do; <image> marks where a source stands.")
    private String instruction = "";

    @Option(
            names = {"-i", "--image"},
            paramLabel = "FILE",
            required = true,
            description = "A source picture: PNG, JPEG, WebP, GIF or BMP. May be given several times.")
    private List<Path> sources = List.of();

    @Option(
            names = "--image-guidance",
            paramLabel = "SCALE",
            description = "Guidance by the source pictures, 1 for none.")
    private @Nullable Float imageGuidance;

    @Mixin
    private final DrawingArguments drawing = new DrawingArguments();

    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write: .png, .jpg or .webp (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("edited.png");

    @Override
    public Integer call() {
        var reader = new PictureReader();
        var pixels = sources.stream().map(reader::read).toArray(Pixels[]::new);
        var builder = EditRequest.builder(instruction, pixels);
        drawing.apply(builder);
        if (imageGuidance != null) {
            builder.imageGuidanceScale(imageGuidance);
        }
        var request = builder.build();
        var err = spec.commandLine().getErr();
        try (var opened = NextStep.open(model.directory(), model.options());
                var progress = new PlainProgress(err)) {
            var picture = opened.editAll(request, progress, new Cancellation()).getFirst();
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
