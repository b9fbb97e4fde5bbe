package dev.nextstep.lab;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.tool.DataSetIndexer;
import dev.nextstep.data.tool.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nextstep data index}: index and registry of shards that are there. */
@Command(
        name = "index",
        description = {
            "Count the samples of shards (*.tar), compute their checksums, and write index and registry "
                    + "beside them.",
            "Those that are there are replaced."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep data index my-data                          shards in nlp/, image_text_pair/, …",
            "  ./nextstep data index shards --kind image_text_pair    shards in the folder itself",
        })
final class DataIndexCommand extends DataSubcommand {
    @Parameters(paramLabel = "DIR", description = "The folder.")
    private Path folder = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "Name in the registry; that of DIR if not given.")
    private @Nullable String name;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            converter = DataSubcommand.KindConverter.class,
            description = "Kind of the shards in DIR itself: nlp, image_text_pair, image_editing or interleave.")
    private @Nullable SampleKind kind;

    @Override
    ExitCode run(Work work) throws IOException {
        String given = name == null
                ? String.valueOf(folder.toAbsolutePath().normalize().getFileName())
                : name;
        var result = DataSetIndexer.index(folder, given, Optional.ofNullable(kind), work);
        var json = new LinkedHashMap<String, Object>();
        var sets = new LinkedHashMap<String, Object>();
        result.sets().forEach(set -> sets.put(set.name(), set.samples()));
        json.put("samples", sets);
        var damage = new TreeMap<String, Object>();
        result.damage().forEach((reason, n) -> damage.put(reason.name().toLowerCase(Locale.ROOT), n));
        json.put("damage", damage);
        print(json, out -> {
            sets.forEach((set, n) -> out.println("%s: %s samples".formatted(set, n)));
            result.details().forEach(d -> out.println("  %s, %s: %s".formatted(d.shard(), d.key(), d.detail())));
        });
        return result.damage().isEmpty() ? ExitCode.OK : ExitCode.BAD_INPUT;
    }
}
