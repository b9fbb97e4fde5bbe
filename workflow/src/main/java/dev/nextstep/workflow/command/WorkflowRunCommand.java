package dev.nextstep.workflow.command;

import dev.nextstep.NextStep;
import dev.nextstep.cli.ExitCode;
import dev.nextstep.cli.JsonReport;
import dev.nextstep.workflow.batch.BatchJob;
import dev.nextstep.workflow.batch.BatchResult;
import dev.nextstep.workflow.config.Origin;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import dev.nextstep.workflow.template.FilledWorkflow;
import dev.nextstep.workflow.template.PackageFolder;
import dev.nextstep.workflow.template.PromptLength;
import dev.nextstep.workflow.template.WorkflowLibrary;
import dev.nextstep.workflow.template.WorkflowTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep workflow run}: draws a workflow's pictures. */
@Command(
        name = "run",
        description = {
            "Draw the pictures of a workflow into a folder with package.json and a report for the browser.",
            "The same command goes on after Ctrl-C or kill."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep workflow run brand company=\"Acme Coffee\" industry=coffee",
            "  ./nextstep workflow run marketing product=\"a red bicycle\" audience=students theme=spring --zip",
            "  ./nextstep workflow run education topic=\"the moon\" level=advanced style=practical",
        })
final class WorkflowRunCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "A workflow of the list, or a file.")
    private String name = "";

    @Parameters(index = "1..*", paramLabel = "KEY=VALUE", description = "Parameters, as 'workflow show' lists them.")
    private List<String> given = List.of();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Makes the seeds of the pictures (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--prompts",
            paramLabel = "LENGTH",
            description =
                    "${COMPLETION-CANDIDATES}: prompts for large or for small models; by default the model decides.")
    private @Nullable PromptLength length;

    @Mixin
    private final PictureArguments pictures = new PictureArguments();

    @Mixin
    private final ConfigArguments config = new ConfigArguments();

    @Mixin
    private final ModelOfSettings model = new ModelOfSettings();

    @Mixin
    private final WorkerArguments workers = new WorkerArguments();

    @Option(names = "--zip", description = "Also put everything into one zip file beside the folder.")
    private boolean zip;

    @Option(names = "--dry-run", description = "Say how many pictures, how long and how much disk; draw nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var template = WorkflowLibrary.here().find(name);
        var values = values();
        template.fill(
                values, flags(), seed, PromptLength.FULL); // what is wrong with it is said before the model is opened
        var settings = settings(template.name());
        try (var opened = model.open(settings)) {
            var filled = template.fill(values, flags(), seed, length(template, opened));
            if (workers.isWorker()) {
                workers.work(model.drawing(opened), filled.jobs(), settings, seed);
                return ExitCode.OK.number();
            }
            var work = new BatchWork(spec, model.drawing(opened), filled.jobs(), settings, seed);
            if (dryRun) {
                work.printEstimate(spec.commandLine().getOut(), json ? BatchWork.Form.JSON : BatchWork.Form.TEXT);
                return ExitCode.OK.number();
            }
            var elsewhere = workers.elsewhere(spec, settings, work.plan());
            return work.run(elsewhere, result -> write(work.folder(), filled, result))
                    .number();
        }
    }

    private PromptLength length(WorkflowTemplate template, NextStep opened) {
        if (length != null) {
            return length;
        }
        var suited = PromptLength.of(opened.generateDefaults());
        if (suited == PromptLength.SHORT
                && !workers.isWorker() // the process that began it has said so
                && template.pictures().stream().anyMatch(p -> p.shortPrompt().isPresent())) {
            var err = spec.commandLine().getErr();
            err.println(
                    "nextstep: the model was made for small pictures: short prompts are used (--prompts full for others)");
            err.flush();
        }
        return suited;
    }

    private Map<String, String> values() {
        var values = new LinkedHashMap<String, String>();
        for (String pair : given) {
            int at = pair.indexOf('=');
            if (at < 1) {
                throw new IllegalArgumentException(
                        "'%s' is no parameter; write KEY=VALUE, such as company=Acme".formatted(pair));
            }
            if (values.put(pair.substring(0, at).strip(), pair.substring(at + 1)) != null) {
                throw new IllegalArgumentException("parameter '%s' is given twice"
                        .formatted(pair.substring(0, at).strip()));
            }
        }
        return values;
    }

    private BatchJob flags() {
        return BatchJob.ofPreset(pictures.preset());
    }

    private Settings settings(String workflow) throws IOException {
        var settings = pictures.over(model.sparing(config.load()))
                .withFlag(SettingKey.OUTPUT_NAME, "the workflow", WorkflowTemplate.NAMES);
        return settings.get(SettingKey.OUTPUT_FOLDER).origin() instanceof Origin.Default
                ? settings.withFlag(SettingKey.OUTPUT_FOLDER, "the workflow", workflow)
                : settings;
    }

    private void write(Path folder, FilledWorkflow filled, BatchResult result) throws IOException {
        var made = new PackageFolder(folder, filled, result);
        made.write();
        var facts = new LinkedHashMap<String, Object>();
        facts.put("folder", folder.toString());
        facts.put("pictures", result.plan().pictures().size());
        facts.put("done", result.done());
        facts.put("failed", result.failed());
        facts.put("package", folder.resolve(PackageFolder.PACKAGE).toString());
        facts.put("report", folder.resolve(PackageFolder.REPORT).toString());
        if (zip) {
            var file = Path.of(folder + ".zip");
            made.zip(file);
            facts.put("zip", file.toString());
        }
        var out = spec.commandLine().getOut();
        if (json) {
            JsonReport.print(out, facts);
        } else {
            out.printf(
                    "%s: %d of %d pictures, %s%s%n",
                    folder,
                    result.done(),
                    result.plan().pictures().size(),
                    facts.get("report"),
                    zip ? ", " + facts.get("zip") : "");
        }
        out.flush();
    }
}
