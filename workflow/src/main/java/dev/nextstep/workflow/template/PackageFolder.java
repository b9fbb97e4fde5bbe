package dev.nextstep.workflow.template;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.data.files.AtomicFile;
import dev.nextstep.workflow.batch.BatchResult;
import dev.nextstep.workflow.batch.Manifest;
import dev.nextstep.workflow.batch.PictureRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What a run of a workflow leaves beside its pictures: a list of all there is, a report, and both in one zip file. */
public final class PackageFolder {
    /** Name of the list. */
    public static final String PACKAGE = "package.json";

    /** Name of the report. */
    public static final String REPORT = "report.html";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Zip files hold a time; the same pictures give the same file. */
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

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
        Manifest.write(folder.resolve(PACKAGE), json, result);
        AtomicFile.writeText(folder.resolve(REPORT), new WorkflowReport(workflow, result).html());
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
        String root = workflow.template().name() + "/";
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                var entry = new ZipEntry(root + name);
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                zip.write(Files.readAllBytes(folder.resolve(name)));
                zip.closeEntry();
            }
        }
        AtomicFile.write(file, bytes.toByteArray());
    }
}
