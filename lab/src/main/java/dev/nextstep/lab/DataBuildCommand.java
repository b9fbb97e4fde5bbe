package dev.nextstep.lab;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.cli.JsonReport;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.filter.Filter;
import dev.nextstep.data.filter.FilterSettings;
import dev.nextstep.data.shard.IfFolderExists;
import dev.nextstep.data.shard.ShardOptions;
import dev.nextstep.data.source.SampleSource;
import dev.nextstep.data.source.SourceOptions;
import dev.nextstep.data.tool.DataBuilder;
import dev.nextstep.image.PictureReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep data build}: a person's own pictures become a data folder. */
@Command(
        name = "build",
        description = {
            "Make a data folder of a folder of pictures with captions (name.png and name.txt), of a CSV or of a JSONL",
            "list. Entries that cannot be used are told and counted, never silently dropped."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DataBuildCommand implements Callable<Integer> {
    private static final int TOLD = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "SOURCE", description = "Folder of pictures and texts, or a .csv or .jsonl list.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path source;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The data folder.")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path out;

    @Option(names = "--name", description = "Name in the registry; that of the data folder if not given.")
    private @Nullable String name;

    @Option(names = "--filters", paramLabel = "FILE", description = "YAML file of filters (docs/training.md).")
    private @Nullable Path filters;

    @Option(names = "--report", paramLabel = "DIR", description = "Write what the filters dropped, with sheets of pictures.")
    private @Nullable Path report;

    @Option(
            names = "--several",
            paramLabel = "KIND",
            description = "What samples with several pictures are: image_editing (default) or interleave.")
    private String several = SampleKind.EDIT.id();

    @Option(names = "--replace", description = "Replace a data folder that is there.")
    private boolean replace;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var options = new SourceOptions(SampleKind.of(several), new PictureReader());
        List<Filter> steps = filters == null ? List.of() : FilterSettings.read(filters);
        String title = name != null ? name : String.valueOf(out.toAbsolutePath().normalize().getFileName());
        var shards = ShardOptions.of(title);
        if (replace) {
            shards = shards.withIfExists(IfFolderExists.REPLACE);
        }
        try (var watching = new Watching(spec)) {
            var result = DataBuilder.build(SampleSource.of(source, options), out, shards, steps, watching.work());
            watching.close();
            if (report != null) {
                result.filters().write(report);
            }
            var printer = spec.commandLine().getOut();
            if (json) {
                JsonReport.print(printer, result.toJson());
            } else {
                printer.printf("%s: %,d samples%n", out, result.total());
                result.stored().forEach((kind, n) -> printer.printf("  %,8d %s%n", n, kind.id()));
                if (result.problemCount() > 0) {
                    printer.printf("%,d entries gave no sample:%n", result.problemCount());
                    result.problems().stream()
                            .limit(TOLD)
                            .forEach(p -> printer.printf("  %s: %s%n", p.where(), p.reason()));
                }
                for (var step : result.filters().steps()) {
                    printer.printf("filter %s (%s): %,d of %,d kept%n", step.name(), step.rule(), step.out(), step.in());
                }
            }
            return ExitCode.OK.number();
        }
    }
}
