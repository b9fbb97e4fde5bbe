package dev.nextstep.lab;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.tool.DataSetIndexer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep data index}: counts and checksums for shards that came without. */
@Command(
        name = "index",
        description = "Make or renew the index of a folder of shards: counts, sizes, checksums, registry.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DataIndexCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder of shards (*.tar).")
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private Path folder;

    @Option(names = "--name", description = "Name in the registry; that of the folder if not given.")
    private @Nullable String name;

    @Option(names = "--kind", description = "Kind of the samples, if there is no registry: nlp, image_text_pair, image_editing, interleave.")
    private @Nullable String kind;

    @Override
    public Integer call() throws IOException {
        String title = name != null ? name : String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        try (var watching = new Watching(spec)) {
            var result = DataSetIndexer.index(
                    folder, title, Optional.ofNullable(kind).map(SampleKind::of), watching.work());
            watching.close();
            var printer = spec.commandLine().getOut();
            result.sets().forEach(set -> printer.printf("%s: %s%n", set.name(), set.kind().id()));
            result.damage().forEach((reason, n) -> printer.printf("damaged: %,d %s%n", n, reason));
            return result.damage().isEmpty() ? ExitCode.OK.number() : ExitCode.BAD_INPUT.number();
        }
    }
}
