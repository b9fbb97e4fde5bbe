package dev.nextstep.workflow.command;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.cli.JsonReport;
import dev.nextstep.image.PictureReader;
import dev.nextstep.workflow.quality.ArtifactScore;
import dev.nextstep.workflow.quality.PublishedQuality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep quality}: scores of pictures. */
@Command(
        name = "quality",
        description = {
            "Score pictures without a reference: what goes wrong in pictures of this kind of model "
                    + "(artifacts), and the score that is published for it, which takes noise for sharpness "
                    + "(docs/workflows.md)."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep quality heart.png star.png",
            "  ./nextstep quality --min-quality 0.5 pictures/*.png      exit code 1 if one is below",
        })
public final class QualityCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "PICTURE", arity = "1..*", description = "PNG, JPEG, WebP, GIF or BMP.")
    private List<Path> files = List.of();

    @Option(
            names = "--min-quality",
            paramLabel = "X",
            description = "Exit code 1 if the artifact quality of a picture, 0 to 1, is below.")
    private float least;

    @Option(
            names = "--token",
            paramLabel = "N",
            description = "Side of an image token in pixels (default: ${DEFAULT-VALUE}, as in the official models).")
    private int token = 16;

    @Option(names = "--json", description = "Print all numbers as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (!(least >= 0 && least <= 1)) {
            throw new IllegalArgumentException("--min-quality must be between 0 and 1, not " + least);
        }
        if (token < 4 || token > 1024) {
            throw new IllegalArgumentException("--token must be between 4 and 1024, not " + token);
        }
        var reader = new PictureReader();
        var all = new ArrayList<Map<String, Object>>();
        int below = 0;
        var out = spec.commandLine().getOut();
        for (var file : files) {
            var picture = reader.read(file);
            var artifacts = of(file, () -> ArtifactScore.of(picture, token));
            var published = PublishedQuality.of(picture);
            below += artifacts.quality() < least ? 1 : 0;
            if (json) {
                all.add(members(file, artifacts, published));
            } else {
                out.println(String.format(
                        Locale.ROOT,
                        "%s: quality %.2f (noise %.2f, local noise %.2f, grey patches %.2f, grid %.2f), published %.2f",
                        file,
                        artifacts.quality(),
                        artifacts.noise(),
                        artifacts.localNoise(),
                        artifacts.greyPatches(),
                        artifacts.grid(),
                        published.overall()));
            }
        }
        if (json) {
            JsonReport.print(out, Map.of("pictures", all));
        }
        return (below == 0 ? ExitCode.OK : ExitCode.FAILURE).number();
    }

    private static ArtifactScore of(Path file, java.util.function.Supplier<ArtifactScore> scoring) {
        try {
            return scoring.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> members(Path file, ArtifactScore artifacts, PublishedQuality published) {
        var members = new LinkedHashMap<String, Object>();
        members.put("file", file.toString());
        members.put("quality", artifacts.quality());
        members.put("noise", artifacts.noise());
        members.put("local_noise", artifacts.localNoise());
        members.put("grey_patches", artifacts.greyPatches());
        members.put("grid", artifacts.grid());
        var scores = new LinkedHashMap<String, Object>();
        scores.put("sharpness", published.sharpness());
        scores.put("color_diversity", published.colourDiversity());
        scores.put("composition_balance", published.compositionBalance());
        scores.put("artifact_score", published.artifactLevel());
        scores.put("overall_score", published.overall());
        members.put("published", scores);
        return members;
    }
}
