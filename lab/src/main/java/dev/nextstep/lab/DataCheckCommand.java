package dev.nextstep.lab;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.cli.terminal.ProgressUnit;
import dev.nextstep.data.tool.CheckResult;
import dev.nextstep.data.tool.DataChecker;
import dev.nextstep.data.tool.Work;
import dev.nextstep.image.PictureReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nextstep data check}: whether a data folder is whole. */
@Command(
        name = "check",
        description = {
            "Check a data folder: sizes and checksums of shards, every sample, every picture.",
            "The exit code is 3 if anything is damaged; training skips it and goes on."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Example:", "  ./nextstep data check my-data"})
final class DataCheckCommand extends DataSubcommand {
    private static final int SHOWN = 20;

    @Parameters(paramLabel = "DIR", description = "The data folder.")
    private Path folder = Path.of("");

    @Override
    ExitCode run(Work work) throws IOException {
        var result = DataChecker.check(folder, new PictureReader(), work);
        print(result.toJson(), out -> result.sets().forEach(set -> write(set, out)));
        return result.isGood() ? ExitCode.OK : ExitCode.BAD_INPUT;
    }

    private static void write(CheckResult.SetResult set, PrintWriter out) {
        out.println("%s: %d of %d samples good, %d shards, %s"
                .formatted(
                        set.name(), set.good(), set.samples(), set.shards(), ProgressUnit.BYTES.amount(set.bytes())));
        new TreeMap<>(set.damage())
                .forEach((reason, n) -> out.println("  %-18s %d"
                        .formatted(reason.name().toLowerCase(Locale.ROOT).replace('_', ' '), n)));
        set.details().stream()
                .limit(SHOWN)
                .forEach(d -> out.println("  %s, %s: %s".formatted(d.shard(), d.key(), d.detail())));
        if (set.details().size() > SHOWN) {
            out.println("  … (--json lists up to a thousand)");
        }
    }
}
