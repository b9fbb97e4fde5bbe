package dev.nextstep.server.workflows;

import dev.nextstep.Recipe;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureTexts;
import dev.nextstep.server.drawing.PictureDetails;
import dev.nextstep.server.drawing.PictureList;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.Json;
import dev.nextstep.server.queue.Job;
import dev.nextstep.server.queue.JobError;
import dev.nextstep.server.queue.JobPicture;
import dev.nextstep.server.queue.JobService;
import dev.nextstep.server.queue.JobState;
import dev.nextstep.workflow.batch.BatchJob;
import dev.nextstep.workflow.batch.BatchPlan;
import dev.nextstep.workflow.batch.BatchResult;
import dev.nextstep.workflow.batch.ContactPage;
import dev.nextstep.workflow.batch.Manifest;
import dev.nextstep.workflow.batch.PackageZip;
import dev.nextstep.workflow.batch.PictureFiles;
import dev.nextstep.workflow.batch.PictureRecord;
import dev.nextstep.workflow.batch.PlannedPicture;
import dev.nextstep.workflow.batch.RecordJson;
import dev.nextstep.workflow.template.FilledWorkflow;
import dev.nextstep.workflow.template.PackageFolder;
import dev.nextstep.workflow.template.PromptLength;
import dev.nextstep.workflow.template.TemplateReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What a list of pictures leaves, as the command line writes it into a folder: made from the job and its files when asked for. */
final class PackageFiles {
    private static final String OF_BATCH = "batch";

    private final Job job;
    private final PictureList list;
    private final JobService service;
    private final BatchResult result;
    private final Map<String, byte[]> documents = new TreeMap<>();
    private final Map<String, Integer> pictures = new HashMap<>();
    private final Map<Integer, JobPicture> stored = new HashMap<>();

    PackageFiles(Job job, PictureList list, JobService service, Studio studio) {
        this.job = job;
        this.list = list;
        this.service = service;
        var planned = IntStream.range(0, list.pictures().size())
                .mapToObj(i -> PictureDetails.planned(studio, job.request(), i))
                .toList();
        var plan = new BatchPlan(planned, list.notes(), list.fingerprint());
        this.result = new BatchResult(plan, records(), job.request().model(), list.weightsHash());
        texts().forEach((name, text) -> documents.put(name, text.getBytes(StandardCharsets.UTF_8)));
    }

    private List<PictureRecord> records() {
        var details = service.details(job);
        var records = new ArrayList<PictureRecord>();
        for (var picture : service.pictures(job)) {
            int index = picture.index();
            stored.put(index, picture);
            if (picture.state() == JobState.COMPLETED) {
                var known = Json.MAPPER.readValue(details.get(index), PictureDetails.class);
                var record = RecordJson.of(known.record());
                var metadata = known.metadata().getBytes(StandardCharsets.UTF_8);
                documents.put(list.pictures().get(index).name() + ".json", metadata);
                record.files().forEach(file -> pictures.put(file.name(), index));
                records.add(record);
            } else if (picture.state() == JobState.FAILED) {
                var reason = picture.error().map(JobError::message).orElse("");
                records.add(new PictureRecord(index, List.of(), List.of(), -1, 0, Optional.of(reason)));
            }
        }
        return records;
    }

    private Map<String, String> texts() {
        return list.workflow()
                .map(workflow -> PackageFolder.documents(filled(workflow), result))
                .orElseGet(() -> Map.of(
                        Manifest.FILE,
                        Manifest.text(result),
                        ContactPage.FILE,
                        ContactPage.html(list.title(), result)));
    }

    private static FilledWorkflow filled(PictureList.OfWorkflow workflow) {
        return TemplateReader.read(workflow.source(), workflow.name())
                .fill(
                        workflow.values(),
                        BatchJob.ofPreset(workflow.preset()),
                        workflow.seed(),
                        PromptLength.valueOf(workflow.prompts().toUpperCase(Locale.ROOT)));
    }

    /** Name of the file and of the folder in it, without ending. */
    String name() {
        return list.workflow().map(PictureList.OfWorkflow::name).orElse(OF_BATCH);
    }

    /** Writes all of it as a zip file. */
    void writeTo(OutputStream out) throws IOException {
        SortedSet<String> names = new TreeSet<>(documents.keySet());
        names.addAll(pictures.keySet());
        PackageZip.write(out, name(), names, this::content);
    }

    private byte[] content(String name) {
        var document = documents.get(name);
        if (document != null) {
            return document;
        }
        int index = java.util.Objects.requireNonNull(pictures.get(name));
        var planned = result.plan().pictures().get(index);
        var file = java.util.Objects.requireNonNull(stored.get(index))
                .resultHash()
                .flatMap(service::content)
                .orElseThrow(() -> ApiException.notFound("picture any more", Integer.toString(index)));
        var kept = list.pictures().get(index).format();
        return name.endsWith("." + kept.ending().toLowerCase(Locale.ROOT)) ? file : otherFormat(planned, name, file);
    }

    /** What was kept loses nothing where there are several formats, so the others are what they were when it was drawn. */
    private byte[] otherFormat(PlannedPicture planned, String name, byte[] file) {
        var recipe = Recipe.of(PictureTexts.read(file)).orElseThrow();
        var pixels = new PictureReader().read(file, name);
        return PictureFiles.pictures(
                        planned, pixels, recipe.toTexts(), job.request().quality())
                .stream()
                .filter(content -> content.name().equals(name))
                .findFirst()
                .orElseThrow()
                .bytes();
    }
}
