package dev.nextstep.workflow.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.data.files.AtomicFile;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.workflow.quality.PublishedQuality;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the files of a picture: its formats, each with its recipe, and what is known of it as JSON. */
public final class PictureFiles {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;
    private final int jpegQuality;
    private final boolean metadata;

    PictureFiles(Path folder, int jpegQuality, boolean metadata) {
        this.folder = folder;
        this.jpegQuality = jpegQuality;
        this.metadata = metadata;
    }

    /** Whether all files of a record are there as they were written. */
    boolean areWhole(PictureRecord record) throws IOException {
        for (var file : record.files()) {
            var path = folder.resolve(file.name());
            if (!Files.isRegularFile(path)
                    || Files.size(path) != file.bytes()
                    || !sha256(Files.readAllBytes(path)).equals(file.sha256())) {
                return false;
            }
        }
        return true;
    }

    /**
     * A file below the output folder.
     *
     * @param name with ending, / between folders
     * @param bytes its content
     */
    public record Content(String name, byte[] bytes) {
        /** What records tell of it. */
        public PictureRecord.WrittenFile described() {
            return new PictureRecord.WrittenFile(name, bytes.length, sha256(bytes));
        }
    }

    List<PictureRecord.WrittenFile> write(PlannedPicture planned, Drawn drawn, BatchModel model) throws IOException {
        var written = new ArrayList<PictureRecord.WrittenFile>();
        for (var file :
                pictures(planned, drawn.picture.pixels(), drawn.picture.recipe().toTexts(), jpegQuality)) {
            written.add(put(file));
        }
        if (metadata) {
            written.add(put(metadata(planned, drawn, model)));
        }
        return written;
    }

    /** The picture in all its formats, each with those texts in it. */
    public static List<Content> pictures(
            PlannedPicture planned, Pixels pixels, Map<String, String> texts, int jpegQuality) {
        var options = new WriteOptions(jpegQuality, texts);
        return planned.formats().stream()
                .map(ending -> {
                    var name = planned.name() + "." + ending;
                    return new Content(
                            name, PictureWriter.encode(pixels, PictureFormat.ofFileName(Path.of(name)), options));
                })
                .toList();
    }

    /** What is known of a picture, as JSON beside it. */
    public static Content metadata(PlannedPicture planned, Drawn drawn, BatchModel model) {
        return new Content(planned.name() + ".json", describe(planned, drawn, model));
    }

    /**
     * A picture that is kept.
     *
     * @param picture as it was drawn
     * @param attempts every try that was scored, in order
     * @param chosen index of the try that this is
     * @param seconds that it took
     */
    public record Drawn(Picture picture, List<PictureRecord.Attempt> attempts, int chosen, double seconds) {
        /** Copies the list. */
        public Drawn {
            attempts = List.copyOf(attempts);
        }

        /** The best of some tries. */
        public static Drawn of(Tries.Best best, double seconds) {
            return new Drawn(best.picture(), best.attempts(), best.chosen(), seconds);
        }

        /** The record of it with its files. */
        public PictureRecord record(PlannedPicture planned, List<PictureRecord.WrittenFile> files) {
            return new PictureRecord(planned.index(), files, attempts, chosen, seconds, Optional.empty());
        }
    }

    private PictureRecord.WrittenFile put(Content file) throws IOException {
        try {
            AtomicFile.write(folder.resolve(file.name), file.bytes);
        } catch (FileSystemException e) { // about the picture, not about the hidden file beside it
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException("cannot write %s: %s".formatted(folder.resolve(file.name), reason), e);
        }
        return file.described();
    }

    private static byte[] describe(PlannedPicture planned, Drawn drawn, BatchModel model) {
        var picture = drawn.picture;
        var json = MAPPER.createObjectNode();
        json.put("index", planned.index() + 1)
                .put("prompt", picture.recipe().prompt())
                .put("seed", picture.recipe().seed())
                .put("preset", planned.preset());
        json.putObject("model").put("name", model.name()).put("weights_sha256", model.weightsHash());
        json.set("recipe", tree(picture.recipe().toJson()));
        var published = PublishedQuality.of(picture.pixels());
        json.putObject("published_quality")
                .put("sharpness", published.sharpness())
                .put("color_diversity", published.colourDiversity())
                .put("composition_balance", published.compositionBalance())
                .put("artifact_score", published.artifactLevel())
                .put("overall_score", published.overall());
        var damage = QualityGate.damage(picture, model);
        var artifacts = json.putObject("artifacts")
                .put("noise", damage.pixels().noise())
                .put("local_noise", damage.pixels().localNoise())
                .put("grey_patches", damage.pixels().greyPatches())
                .put("grid", damage.pixels().grid());
        damage.drift().ifPresent(drift -> artifacts.put("token_drift", drift.worst()));
        artifacts.put("quality", damage.quality());
        var tries = json.putArray("attempts");
        drawn.attempts.forEach(a -> tries.addObject()
                .put("seed", a.seed())
                .put("quality", a.quality())
                .put("kept_rows", a.keptRows()));
        json.put("chosen_attempt", drawn.chosen + 1);
        json.put("timestamp", Instant.now().toString()).put("seconds", drawn.seconds);
        json.put("program", "nextstep4j " + NextStep.version());
        return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a recipe writes JSON
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
