package dev.nextstep.lab;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.filter.Filter;
import dev.nextstep.data.filter.FilterSettings;
import dev.nextstep.data.shard.IfFolderExists;
import dev.nextstep.data.shard.ShardOptions;
import dev.nextstep.data.source.SampleSource;
import dev.nextstep.data.source.SourceOptions;
import dev.nextstep.data.tool.BuildResult;
import dev.nextstep.data.tool.DataBuilder;
import dev.nextstep.data.tool.Work;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nextstep data build}: a data folder of own pictures. */
@Command(
        name = "build",
        description = {
            "Make a data folder of a folder of pictures (name.png + name.txt), a list (.csv, .jsonl, .json) "
                    + "or another data folder, through filters.",
            "It appears when it is complete."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Several pictures of one sample are name-0.png, name-1.png, …; <image_0>, <image_1> in the text say where",
            "they stand. Lists have the fields image (or images) and caption, or input_image, output_image and",
            "instruction; others are kept. A text without a picture is a sample too.",
            "",
            "Examples:",
            "  ./nextstep data build my-pictures my-data",
            "  ./nextstep data build list.csv my-data --filters filters.yaml --report dropped",
            "  ./nextstep data build my-data my-best --filters strict.yaml",
        })
final class DataBuildCommand extends DataSubcommand {
    private static final int SHOWN = 20;

    @Parameters(index = "0", paramLabel = "SRC", description = "A folder, a list, or a data folder.")
    private Path source = Path.of("");

    @Parameters(index = "1", paramLabel = "DST", description = "The data folder to make.")
    private Path target = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "Name in the registry; that of DST if not given.")
    private @Nullable String name;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is, for people.")
    private String description = "";

    @Option(names = "--filters", paramLabel = "FILE", description = "Steps and thresholds as YAML.")
    private @Nullable Path filters;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write there what the filters dropped: report.html, report.json, sheets of pictures.")
    private @Nullable Path report;

    @Option(
            names = "--several",
            paramLabel = "KIND",
            converter = DataSubcommand.KindConverter.class,
            description = "Kind of samples with several pictures: image_editing (default) or interleave.")
    private SampleKind several = SampleKind.EDIT;

    @Option(
            names = "--samples-per-shard",
            paramLabel = "N",
            description = "Samples of a shard at most (default: ${DEFAULT-VALUE}).")
    private int perShard = ShardOptions.of("x").maxSamples();

    @Option(names = "--force", description = "Replace DST if it is a data folder.")
    private boolean force;

    @Override
    ExitCode run(Work work) throws IOException {
        String given = name == null
                ? String.valueOf(target.toAbsolutePath().normalize().getFileName())
                : name;
        var options = ShardOptions.of(given)
                .withDescription(description)
                .withMaxSamples(perShard)
                .withIfExists(force ? IfFolderExists.REPLACE : IfFolderExists.REFUSE);
        List<Filter> steps = filters == null ? List.of() : FilterSettings.read(filters);
        var read = SampleSource.of(source, new SourceOptions(several, SourceOptions.DEFAULT.reader()));
        var result = DataBuilder.build(read, target, options, steps, work);
        if (report != null) {
            result.filters().write(report);
        }
        print(result.toJson(), out -> write(result, out));
        return ExitCode.OK;
    }

    private void write(BuildResult result, PrintWriter out) {
        out.println("%s: %d samples".formatted(target, result.total()));
        result.stored().forEach((kind, n) -> out.println("  %-16s %d".formatted(kind.id(), n)));
        for (var step : result.filters().steps()) {
            if (step.in() > step.out()) {
                out.println("dropped by %s: %d of %d (%s)"
                        .formatted(step.name(), step.in() - step.out(), step.in(), step.rule()));
            }
        }
        if (result.problemCount() > 0) {
            out.println("gave no sample: %d".formatted(result.problemCount()));
            result.problems().stream()
                    .limit(SHOWN)
                    .forEach(problem -> out.println("  %s: %s".formatted(problem.where(), problem.reason())));
            if (result.problemCount() > SHOWN) {
                out.println("  … (--json lists up to a thousand)");
            }
        }
        if (report != null) {
            out.println("report: " + report.resolve("report.html"));
        }
    }
}
