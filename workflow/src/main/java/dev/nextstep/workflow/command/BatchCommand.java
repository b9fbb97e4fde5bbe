package dev.nextstep.workflow.command;

import dev.nextstep.cli.ExitCode;
import dev.nextstep.cli.JsonReport;
import dev.nextstep.cli.StandardInput;
import dev.nextstep.workflow.batch.BatchJob;
import dev.nextstep.workflow.batch.BatchResult;
import dev.nextstep.workflow.batch.ContactPage;
import dev.nextstep.workflow.batch.JobReader;
import dev.nextstep.workflow.batch.Manifest;
import dev.nextstep.workflow.batch.Shape;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import dev.nextstep.workflow.config.SettingsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep batch}: many prompts in one go. */
@Command(
        name = "batch",
        description = {
            "Draw a list of prompts into a folder, with a manifest, a page with search, and JSON beside each "
                    + "picture.",
            "What is done stays: after Ctrl-C, kill or a full disk the same command goes on."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The list is a text with one prompt a line, CSV with a header, or JSON or YAML:",
            "  {\"prompts\": [\"a cat\", {\"prompt\": \"a dog\", \"seed\": 4, \"count\": 3}], \"settings\": {\"steps\": 20}}",
            "",
            "Examples:",
            "  ./nextstep batch prompts.txt --out pictures",
            "  ./nextstep batch jobs.json --quality premium --min-quality 0.5 --attempts 3",
            "  printf 'a cat\\na dog\\n' | ./nextstep batch - --formats png,webp --dry-run",
        })
public final class BatchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "LIST",
            description = "File of prompts: .json, .yaml, .csv, else text; - reads standard input.")
    private String list = "";

    @Option(
            names = "--form",
            paramLabel = "NAME",
            description = "How the list is to be read, whatever its name: ${COMPLETION-CANDIDATES}.")
    private JobReader.@Nullable Form form;

    @Option(names = "--size", paramLabel = "WxH", description = "Pixels, for prompts that do not say otherwise.")
    private @Nullable String size;

    @Option(names = "--aspect", paramLabel = "W:H", description = "Shape, such as 3:2, likewise.")
    private @Nullable String aspect;

    @Option(names = "--steps", paramLabel = "N", description = "Sampling steps, likewise.")
    private @Nullable Integer steps;

    @Option(names = "--guidance", paramLabel = "SCALE", description = "Guidance scale, likewise.")
    private @Nullable Float guidance;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Makes the seeds of prompts that have none (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--name",
            paramLabel = "TEMPLATE",
            description = "Names of files: {index} {job} {image} {prompt} {seed} {preset}.")
    private @Nullable String name;

    @Mixin
    private final PictureArguments pictures = new PictureArguments();

    @Mixin
    private final ConfigArguments config = new ConfigArguments();

    @Mixin
    private final ModelOfSettings model = new ModelOfSettings();

    @Mixin
    private final WorkerArguments workers = new WorkerArguments();

    @Option(names = "--dry-run", description = "Say how many pictures, how long and how much disk; draw nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var settings = settings();
        String text = list.equals(StandardInput.MARK) ? StandardInput.text() : SettingsFile.text(Path.of(list));
        var jobs = jobs(text);
        try (var opened = model.open(settings)) {
            if (workers.isWorker()) {
                workers.work(model.drawing(opened), jobs, settings, seed);
                return ExitCode.OK.number();
            }
            var work = new BatchWork(spec, model.drawing(opened), jobs, settings, seed);
            var out = spec.commandLine().getOut();
            if (dryRun) {
                work.printEstimate(out, json ? BatchWork.Form.JSON : BatchWork.Form.TEXT);
                return ExitCode.OK.number();
            }
            var elsewhere = workers.elsewhere(
                    spec, new WorkerArguments.ListOfPrompts(list, text, form(text)), settings, work.plan());
            return work.run(elsewhere, result -> {
                        Manifest.write(work.folder(), result);
                        ContactPage.write(work.folder(), title(), result);
                        print(work.folder(), result);
                    })
                    .number();
        }
    }

    private Settings settings() throws IOException {
        var settings = pictures.over(model.sparing(config.load()));
        return name == null ? settings : settings.withFlag(SettingKey.OUTPUT_NAME, "--name", name);
    }

    private String title() {
        return list.equals(StandardInput.MARK)
                ? "Batch"
                : String.valueOf(Path.of(list).getFileName());
    }

    private List<BatchJob> jobs(String text) {
        if (size != null && aspect != null) {
            throw new IllegalArgumentException("--size and --aspect: give one of them");
        }
        Optional<BatchJob.Area> area = Optional.ofNullable(size)
                .map(value -> option("--size", () -> JobReader.size(value)))
                .or(() -> Optional.ofNullable(aspect)
                        .map(value -> option("--aspect", () -> new BatchJob.Area.Aspect(Shape.parse(value)))));
        var flags = new BatchJob(
                "-",
                1,
                OptionalLong.empty(),
                pictures.preset(),
                area,
                steps == null ? OptionalInt.empty() : OptionalInt.of(steps),
                guidance == null ? OptionalDouble.empty() : OptionalDouble.of(guidance),
                Optional.empty(),
                Optional.empty(),
                List.of());
        boolean isInput = list.equals(StandardInput.MARK);
        return JobReader.read(text, form(text), isInput ? "standard input" : list, flags);
    }

    private JobReader.Form form(String text) {
        return form != null
                ? form
                : list.equals(StandardInput.MARK) ? JobReader.Form.ofText(text) : JobReader.Form.of(list);
    }

    private static <T> T option(String name, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private void print(Path folder, BatchResult result) {
        var out = spec.commandLine().getOut();
        if (json) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("folder", folder.toString());
            facts.put("pictures", result.plan().pictures().size());
            facts.put("done", result.done());
            facts.put("failed", result.failed());
            facts.put("manifest", folder.resolve(Manifest.FILE).toString());
            facts.put("page", folder.resolve(ContactPage.FILE).toString());
            JsonReport.print(out, facts);
        } else {
            out.printf(
                    "%s: %d of %d pictures, %s, %s%n",
                    folder, result.done(), result.plan().pictures().size(), Manifest.FILE, ContactPage.FILE);
        }
        out.flush();
    }
}
