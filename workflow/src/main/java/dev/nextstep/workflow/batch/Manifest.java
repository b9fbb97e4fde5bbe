package dev.nextstep.workflow.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.NextStep;
import dev.nextstep.data.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;

/** The list of all that a batch made. */
public final class Manifest {
    /** Its name in the output folder. */
    public static final String FILE = "manifest.json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Manifest() {}

    /** Writes it to {@value #FILE}. */
    public static void write(Path folder, BatchResult result) throws IOException {
        write(folder.resolve(FILE), MAPPER.createObjectNode(), result);
    }

    /**
     * Writes it to a file behind other members.
     *
     * @param json what stands first; it is added to
     */
    public static void write(Path file, ObjectNode json, BatchResult result) throws IOException {
        AtomicFile.writeText(file, text(json, result));
    }

    /** Its text, with nothing before. */
    public static String text(BatchResult result) {
        return text(MAPPER.createObjectNode(), result);
    }

    /**
     * Its text behind other members.
     *
     * @param json what stands first; it is added to
     */
    public static String text(ObjectNode json, BatchResult result) {
        var plan = result.plan();
        json.put("program", "nextstep4j " + NextStep.version());
        json.putObject("model").put("name", result.model()).put("weights_sha256", result.weightsHash());
        json.put("plan", plan.fingerprint());
        plan.notes().forEach(json.withArray("notes")::add);
        json.put("pictures", plan.pictures().size())
                .put("done", result.done())
                .put("failed", result.failed())
                .put("open", plan.pictures().size() - result.done() - result.failed());
        var list = json.putArray("results");
        for (var record : result.records()) {
            add(list.addObject(), plan.pictures().get(record.index()), record);
        }
        return json.toPrettyString() + "\n";
    }

    private static void add(ObjectNode item, PlannedPicture planned, PictureRecord record) {
        var options = planned.request().options();
        item.put("index", record.index() + 1)
                .put("prompt", planned.request().prompt())
                .put("preset", planned.preset())
                .put("width", options.width())
                .put("height", options.height())
                .put("steps", options.steps())
                .put("guidance_scale", options.guidanceScale());
        var files = item.putArray("files");
        record.files()
                .forEach(f -> files.addObject()
                        .put("name", f.name())
                        .put("bytes", f.bytes())
                        .put("sha256", f.sha256()));
        var attempts = item.putArray("attempts");
        record.attempts()
                .forEach(a -> attempts.addObject()
                        .put("seed", a.seed())
                        .put("quality", a.quality())
                        .put("kept_rows", a.keptRows()));
        if (record.isDone()) {
            item.put("chosen_attempt", record.chosen() + 1);
        }
        record.failure().ifPresent(reason -> item.put("failure", reason));
    }
}
