package dev.nextstep.workflow.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.data.files.AtomicFile;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
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

/** Writes the files of a picture: its formats, each with its recipe, and what is known of it as JSON. */
final class PictureFiles {
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

    List<PictureRecord.WrittenFile> write(
            PlannedPicture planned,
            Picture picture,
            List<PictureRecord.Attempt> attempts,
            int chosen,
            double seconds,
            BatchModel model)
            throws IOException {
        var written = new ArrayList<PictureRecord.WrittenFile>();
        var options = new WriteOptions(jpegQuality, picture.recipe().toTexts());
        for (String ending : planned.formats()) {
            var name = planned.name() + "." + ending;
            var bytes = PictureWriter.encode(picture.pixels(), PictureFormat.ofFileName(Path.of(name)), options);
            written.add(put(name, bytes));
        }
        if (metadata) {
            written.add(put(planned.name() + ".json", describe(planned, picture, attempts, chosen, seconds, model)));
        }
        return written;
    }

    private PictureRecord.WrittenFile put(String name, byte[] bytes) throws IOException {
        try {
            AtomicFile.write(folder.resolve(name), bytes);
        } catch (FileSystemException e) { // about the picture, not about the hidden file beside it
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException("cannot write %s: %s".formatted(folder.resolve(name), reason), e);
        }
        return new PictureRecord.WrittenFile(name, bytes.length, sha256(bytes));
    }

    private static byte[] describe(
            PlannedPicture planned,
            Picture picture,
            List<PictureRecord.Attempt> attempts,
            int chosen,
            double seconds,
            BatchModel model)
            throws IOException {
        var json = MAPPER.createObjectNode();
        json.put("index", planned.index() + 1)
                .put("prompt", picture.recipe().prompt())
                .put("seed", picture.recipe().seed())
                .put("preset", planned.preset());
        json.putObject("model").put("name", model.name()).put("weights_sha256", model.weightsHash());
        json.set("recipe", MAPPER.readTree(picture.recipe().toJson()));
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
        attempts.forEach(a -> tries.addObject()
                .put("seed", a.seed())
                .put("quality", a.quality())
                .put("kept_rows", a.keptRows()));
        json.put("chosen_attempt", chosen + 1);
        json.put("timestamp", Instant.now().toString()).put("seconds", seconds);
        json.put("program", "nextstep4j " + NextStep.version());
        return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
