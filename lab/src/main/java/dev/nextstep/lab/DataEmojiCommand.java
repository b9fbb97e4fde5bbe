package dev.nextstep.lab;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.data.emoji.Descriptions;
import dev.nextstep.data.emoji.EditKind;
import dev.nextstep.data.emoji.EmojiCatalog;
import dev.nextstep.data.emoji.EmojiOptions;
import dev.nextstep.data.emoji.EmojiSet;
import dev.nextstep.data.emoji.EmojiSinks;
import dev.nextstep.data.emoji.GlyphSubset;
import dev.nextstep.data.emoji.RenderOptions;
import dev.nextstep.data.npm.NpmPackages;
import dev.nextstep.data.npm.NpmSettings;
import dev.nextstep.data.shard.ShardOptions;
import dev.nextstep.data.shard.ShardWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nextstep data emoji}: the emoji set, from its packages to shards. */
@Command(
        name = "emoji",
        description = {
            "Build the emoji set: fetch the pinned npm packages, render five styles, write samples of all " + "kinds.",
            "Parts that are there already are not made again. NPM_CONFIG_REGISTRY names another registry."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DataEmojiCommand implements Callable<Integer> {
    /** Of each kind, in {@code learned-edits.json}. */
    private static final int LEARNED_EDITS = 300;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--pictures", paramLabel = "DIR", required = true, description = "Folder of the rendered pictures.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path pictures;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the shards; only pictures if not given.")
    private @Nullable Path out;

    @Option(names = "--glyphs", paramLabel = "SUBSET", description = "all, base or core (default: ${DEFAULT-VALUE}).")
    private String glyphs = GlyphSubset.CORE.id();

    @Option(
            names = "--edit-glyphs",
            paramLabel = "SUBSET",
            description = "Glyphs of edits: all, base or core; those of --glyphs if not given.")
    private @Nullable String editGlyphs;

    @Option(
            names = "--edits",
            paramLabel = "KIND=N",
            description =
                    "Most edits of a kind: style, tone, gender, colour, clock, mirror, paint; no limit if not given, "
                            + "0 leaves the kind out, held-out ones too.")
    private Map<String, Integer> edits = new LinkedHashMap<>();

    @Option(names = "--descriptions", description = "Also samples of each picture with what it shows behind it.")
    private boolean descriptions;

    @Option(names = "--size", paramLabel = "N", description = "Side of the pictures (default: ${DEFAULT-VALUE}).")
    private int size = RenderOptions.DEFAULT.size();

    @Override
    public Integer call() throws IOException {
        var printer = spec.commandLine().getOut();
        try (var watching = new Watching(spec)) {
            if (!Files.exists(pictures.resolve("catalog.json"))) {
                var catalog = EmojiCatalog.read(new NpmPackages(NpmSettings.fromEnvironment()));
                var options = new RenderOptions(size, Runtime.getRuntime().availableProcessors());
                var report = EmojiSet.render(
                        pictures, catalog, options, (done, total, _) -> watching.progress("rendering", done, total));
                printer.printf(
                        "%s: %,d pictures, %d could not be rendered%n",
                        pictures, report.pictures(), report.failures().size());
            }
            if (out != null) {
                write(out, watching);
            }
        }
        return ExitCode.OK.number();
    }

    private void write(Path folder, Watching watching) throws IOException {
        var limits = new EnumMap<EditKind, Integer>(EditKind.class);
        edits.forEach((kind, n) -> limits.put(EditKind.of(kind), n));
        var standard = EmojiOptions.DEFAULT.withGlyphs(GlyphSubset.of(glyphs)).withEditLimits(limits);
        var options = new EmojiOptions(
                standard.glyphs(),
                standard.styles(),
                editGlyphs == null ? standard.editGlyphs() : GlyphSubset.of(editGlyphs),
                standard.editLimits(),
                standard.heldOutEditLimit(),
                standard.textsPerGlyph(),
                standard.seriesPerGlyph(),
                descriptions ? Descriptions.OF_EACH_PICTURE : Descriptions.NONE,
                standard.seed(),
                standard.holdOut());
        Files.createDirectories(folder);
        EmojiSinks sinks = (split, kind) -> {
            var place = Files.createDirectories(folder.resolve(split.id())).resolve(kind.id());
            return ShardWriter.create(place, ShardOptions.of("emoji/" + split.id() + "/" + kind.id()));
        };
        var report = EmojiSet.open(pictures)
                .write(
                        options,
                        sinks,
                        (split, kind, done, total) -> watching.progress(split.id() + " " + kind.id(), done, total));
        watching.close();
        EmojiCases.of(folder).write(folder.resolve("cases.json"));
        var learned = EmojiCases.learned(folder, LEARNED_EDITS);
        if (!learned.edits().isEmpty()) {
            learned.write(folder.resolve("learned-edits.json"));
        }
        var printer = spec.commandLine().getOut();
        report.samples()
                .forEach((split, kinds) ->
                        kinds.forEach((kind, n) -> printer.printf("%-16s %-16s %,8d%n", split.id(), kind.id(), n)));
        report.trainEdits().forEach((kind, n) -> printer.printf("edits of kind    %-16s %,8d%n", kind.id(), n));
    }
}
