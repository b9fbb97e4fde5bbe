package dev.nextstep.workflow.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.NextStep;
import dev.nextstep.data.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The list of all that a batch made, as {@code manifest.json}. */
final class Manifest {
    static final String FILE = "manifest.json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Manifest() {}

    static void write(Path folder, BatchPlan plan, List<PictureRecord> records, NextStep model) throws IOException {
        var json = MAPPER.createObjectNode();
        json.put("program", "nextstep4j " + NextStep.version());
        json.putObject("model").put("name", model.name()).put("weights_hash", model.weightsHash());
        json.put("plan", plan.fingerprint());
        plan.notes().forEach(json.withArray("notes")::add);
        long done = records.stream().filter(PictureRecord::isDone).count();
        json.put("pictures", plan.pictures().size()).put("done", done).put("failed", records.size() - done);
        var list = json.putArray("results");
        for (var record : records) {
            var planned = plan.pictures().get(record.index());
            var item = list.addObject();
            item.put("index", record.index() + 1)
                    .put("prompt", planned.request().prompt())
                    .put("preset", planned.preset());
            var files = item.putArray("files");
            record.files()
                    .forEach(f -> files.addObject()
                            .put("name", f.name())
                            .put("bytes", f.bytes())
                            .put("sha256", f.sha256()));
            var attempts = item.putArray("attempts");
            record.attempts()
                    .forEach(a -> attempts.addObject().put("seed", a.seed()).put("quality", a.quality()));
            if (record.isDone()) {
                item.put("chosen_attempt", record.chosen() + 1);
            }
            record.failure().ifPresent(reason -> item.put("failure", reason));
        }
        AtomicFile.writeText(
                folder.resolve(FILE), MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }
}
