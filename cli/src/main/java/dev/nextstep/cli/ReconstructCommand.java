package dev.nextstep.cli;

import dev.nextstep.NextStep;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.PictureDifference;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep reconstruct}: what the image tokenizer keeps of a picture. */
@Command(
        name = "reconstruct",
        description = {
            "Encode a picture to image tokens and decode them again: what the model can see of it.",
            "Prints PSNR (all channels together) and SSIM (11 x 11 Gaussian window, sigma 1.5; mean of red, "
                    + "green, blue)."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep reconstruct cat.png",
            "  ./nextstep reconstruct cat.png --out seen.png --side-by-side compare.png",
        })
final class ReconstructCommand implements Callable<Integer> {
    private static final int AMPLIFICATION = 4;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "SRC", description = "A picture: PNG, JPEG, WebP, GIF or BMP.")
    private Path source = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write the reconstruction: .png, .jpg or .webp (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("reconstruction.png");

    @Option(
            names = "--side-by-side",
            paramLabel = "FILE",
            description = "Also write original | reconstruction | difference x 4 as one picture.")
    private @Nullable Path sideBySide;

    @Option(names = "--json", description = "Print the numbers as JSON.")
    private boolean json;

    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Mixin
    private final EngineArguments engine = new EngineArguments();

    @Override
    public Integer call() throws IOException {
        requireTarget(out); // names that cannot be written fail before the work
        if (sideBySide != null) {
            requireTarget(sideBySide);
        }
        var pixels = new PictureReader().read(source);
        var cancellation = new Cancellation();
        try (var opened = NextStep.open(model.directory(), engine.on(model.options()));
                var _ = Interruption.handledBy(cancellation::cancel, () -> {})) {
            return reconstruct(opened, pixels, cancellation);
        }
    }

    private void requireTarget(Path file) throws IOException {
        PictureFormat.ofFileName(file);
        TextFile.requireFolder(file);
        if (Files.exists(file) && Files.isSameFile(file, source)) {
            throw new IllegalArgumentException(
                    "%s would replace the picture that is read; choose another name".formatted(file));
        }
    }

    private int reconstruct(NextStep opened, Pixels pixels, Cancellation cancellation) {
        try {
            var original = opened.wholeTokens(pixels);
            var tokens = opened.encode(original, cancellation);
            var decoded = opened.decode(tokens, cancellation);
            var difference = PictureDifference.of(original, decoded);
            PictureWriter.write(out, decoded);
            if (sideBySide != null) {
                var amplified = PictureDifference.amplified(original, decoded, AMPLIFICATION);
                PictureWriter.write(sideBySide, beside(original, decoded, amplified));
            }
            report(original, tokens.rows() * tokens.columns(), difference);
            return ExitCode.OK.number();
        } catch (CancellationException e) {
            var err = spec.commandLine().getErr();
            err.println("nextstep: cancelled; nothing is written, the same command begins again");
            err.flush();
            return ExitCode.CANCELLED.number();
        }
    }

    private void report(Pixels original, int tokens, PictureDifference difference) {
        var printer = spec.commandLine().getOut();
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("source", source);
            members.put("width", original.width());
            members.put("height", original.height());
            members.put("tokens", tokens);
            members.put("psnr_db", difference.psnr());
            members.put("ssim", difference.ssim());
            members.put("largest_difference", difference.largest());
            members.put("out", out);
            if (sideBySide != null) {
                members.put("side_by_side", sideBySide);
            }
            JsonReport.print(printer, members);
            return;
        }
        printer.println(String.format(
                Locale.ROOT,
                "%s: %d x %d pixels, %d tokens, PSNR %.2f dB, SSIM %.4f",
                out,
                original.width(),
                original.height(),
                tokens,
                difference.psnr(),
                difference.ssim()));
        if (sideBySide != null) {
            printer.println(sideBySide + ": original | reconstruction | difference x " + AMPLIFICATION);
        }
    }

    /** Pictures of one size in a row. */
    static Pixels beside(Pixels... pictures) {
        int width = pictures[0].width();
        int height = pictures[0].height();
        var rgb = new byte[3 * width * height * pictures.length];
        for (int i = 0; i < pictures.length; i++) {
            byte[] from = pictures[i].toBytes();
            for (int y = 0; y < height; y++) {
                System.arraycopy(from, 3 * y * width, rgb, 3 * width * (y * pictures.length + i), 3 * width);
            }
        }
        return Pixels.of(width * pictures.length, height, rgb);
    }
}
