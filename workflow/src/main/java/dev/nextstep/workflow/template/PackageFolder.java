package dev.nextstep.workflow.template;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.data.files.AtomicFile;
import dev.nextstep.workflow.batch.BatchResult;
import dev.nextstep.workflow.batch.Manifest;
import dev.nextstep.workflow.batch.PackageZip;
import dev.nextstep.workflow.batch.PictureRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/** What a run of a workflow leaves beside its pictures: a list of all there is, a report, and both in one zip file. */
public final class PackageFolder {
    /** Name of the list. */
    public static final String PACKAGE = "package.json";

    /** Name of the report. */
    public static final String REPORT = "report.html";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;
    private final FilledWorkflow workflow;
    private final BatchResult result;

    /**
     * The folder of a run.
     *
     * @param result of the batch of {@link FilledWorkflow#jobs}
     */
    public PackageFolder(Path folder, FilledWorkflow workflow, BatchResult result) {
        this.folder = folder;
        this.workflow = workflow;
        this.result = result;
    }

    /** Writes list and report. */
    public void write() throws IOException {
        for (var document : documents(workflow, result).entrySet()) {
            AtomicFile.writeText(folder.resolve(document.getKey()), document.getValue());
        }
    }

    /** Texts of list and report, by name. */
    public static Map<String, String> documents(FilledWorkflow workflow, BatchResult result) {
        var json = MAPPER.createObjectNode();
        json.put("name", workflow.template().name()).put("title", workflow.title());
        var parameters = json.putObject("parameters");
        workflow.values().forEach(parameters::put);
        var variants = json.putArray("variants");
        workflow.template().variants().forEach(variant -> {
            var item = variants.addObject().put("name", variant.name()).put("title", variant.title());
            variant.guidance().ifPresent(value -> item.put("guidance_scale", value));
            variant.steps().ifPresent(value -> item.put("steps", value));
            variant.preset().ifPresent(value -> item.put("quality", value));
        });
        return Map.of(PACKAGE, Manifest.text(json, result), REPORT, new WorkflowReport(workflow, result).html());
    }

    /**
     * Writes everything into one zip file.
     *
     * @param file the target, replaced if it is there
     */
    public void zip(Path file) throws IOException {
        var names = new TreeSet<String>();
        names.add(PACKAGE);
        names.add(REPORT);
        for (var record : result.records()) {
            record.files().stream().map(PictureRecord.WrittenFile::name).forEach(names::add);
        }
        var bytes = new ByteArrayOutputStream();
        PackageZip.write(bytes, workflow.template().name(), names, name -> Files.readAllBytes(folder.resolve(name)));
        AtomicFile.write(file, bytes.toByteArray());
    }
}
