package dev.nextstep.workflow.command;

import dev.nextstep.NextStep;
import dev.nextstep.cli.Amounts;
import dev.nextstep.cli.ExitCode;
import dev.nextstep.cli.Interruption;
import dev.nextstep.cli.JsonReport;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.PictureReader;
import dev.nextstep.workflow.batch.BatchJob;
import dev.nextstep.workflow.batch.BatchListener;
import dev.nextstep.workflow.batch.BatchModel;
import dev.nextstep.workflow.batch.BatchPlan;
import dev.nextstep.workflow.batch.BatchRun;
import dev.nextstep.workflow.batch.PictureRecord;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import dev.nextstep.workflow.quality.PublishedQuality;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nextstep benchmark}: five standard prompts, as a batch that draws one picture at a time. */
@Command(
        name = "benchmark",
        description = {
            "Draw five standard prompts, one after another: average time, average quality, pictures per " + "minute.",
            "For kernels, stages and batches there is `nextstep bench`."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep benchmark",
            "  ./nextstep benchmark --quality draft --json",
        })
public final class BenchmarkCommand implements Callable<Integer> {
    private static final List<String> PROMPTS = List.of("a red heart", "a cat", "pizza", "a sailboat", "a house");
    private static final long SEED = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(
            names = "--quality",
            paramLabel = "PRESET",
            completionCandidates = PictureArguments.Presets.class,
            description = "draft, standard (default), premium, educational or one of nextstep.yaml.")
    private String preset = "standard";

    @Mixin
    private final ConfigArguments config = new ConfigArguments();

    @Mixin
    private final ModelOfSettings model = new ModelOfSettings();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** One picture. */
    private record Drawn(String prompt, double seconds, double quality, double published) {}

    @Override
    public Integer call() throws IOException {
        var settings = config.load()
                .withFlag(SettingKey.PRESET, "--quality", preset)
                .withFlag(SettingKey.BATCH_SIZE, "benchmark", "1")
                .withFlag(SettingKey.OUTPUT_FORMATS, "benchmark", "png")
                .withFlag(SettingKey.OUTPUT_NAME, "benchmark", "{index}")
                .withFlag(SettingKey.MIN_QUALITY, "benchmark", "0");
        var folder = Files.createTempDirectory("nextstep-benchmark");
        var cancellation = new Cancellation();
        try (var _ = Interruption.handledBy(cancellation::cancel, () -> {});
                var opened = model.open(settings)) {
            draw(opened, PROMPTS.subList(0, 1), settings, folder.resolve("warm"), cancellation);
            var drawn = draw(opened, PROMPTS, settings, folder.resolve("measured"), cancellation);
            print(spec.commandLine().getOut(), opened.name(), drawn);
            return ExitCode.OK.number();
        } catch (CancellationException e) {
            spec.commandLine().getErr().println("nextstep: cancelled; nothing was written");
            return ExitCode.CANCELLED.number();
        } finally {
            delete(folder);
        }
    }

    private static List<Drawn> draw(
            NextStep opened, List<String> prompts, Settings settings, Path folder, Cancellation cancellation)
            throws IOException {
        Files.createDirectories(folder);
        var drawing = BatchModel.of(opened);
        var plan = BatchPlan.of(prompts.stream().map(BatchJob::of).toList(), settings, drawing, SEED);
        var records = new BatchRun(drawing, plan, settings, folder, BatchListener.NONE, cancellation).run();
        var drawn = new ArrayList<Drawn>();
        for (var record : records) {
            if (!record.isDone()) {
                throw new IOException("'%s' could not be drawn: %s"
                        .formatted(prompts.get(record.index()), record.failure().orElse("")));
            }
            drawn.add(look(prompts.get(record.index()), record, folder));
        }
        return drawn;
    }

    private static Drawn look(String prompt, PictureRecord record, Path folder) {
        var picture = new PictureReader()
                .read(folder.resolve(record.files().getFirst().name()));
        return new Drawn(
                prompt,
                record.seconds(),
                record.attempts().get(record.chosen()).quality(),
                PublishedQuality.of(picture).overall());
    }

    private void print(PrintWriter out, String name, List<Drawn> drawn) {
        double seconds = drawn.stream().mapToDouble(Drawn::seconds).average().orElseThrow();
        double quality = drawn.stream().mapToDouble(Drawn::quality).average().orElseThrow();
        double published =
                drawn.stream().mapToDouble(Drawn::published).average().orElseThrow();
        double perMinute = 60 / seconds;
        if (json) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("model", name);
            facts.put("preset", preset);
            facts.put("pictures", drawn.size());
            facts.put("average_seconds", seconds);
            facts.put("pictures_per_minute", perMinute);
            facts.put("average_quality", quality);
            facts.put("average_published_quality", published);
            facts.put("results", drawn.stream().map(BenchmarkCommand::members).toList());
            JsonReport.print(out, facts);
        } else {
            for (var picture : drawn) {
                out.println(String.format(
                        Locale.ROOT,
                        "%-12s  %8s  quality %.2f, published %.2f",
                        picture.prompt,
                        Amounts.seconds(picture.seconds),
                        picture.quality,
                        picture.published));
            }
            out.println(String.format(
                    Locale.ROOT,
                    "%s, %s: %s a picture, %.1f pictures a minute, quality %.2f, published %.2f",
                    name,
                    preset,
                    Amounts.seconds(seconds),
                    perMinute,
                    quality,
                    published));
        }
        out.flush();
    }

    private static Map<String, Object> members(Drawn drawn) {
        var members = new LinkedHashMap<String, Object>();
        members.put("prompt", drawn.prompt);
        members.put("seconds", drawn.seconds);
        members.put("quality", drawn.quality);
        members.put("published_quality", drawn.published);
        return members;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
