package dev.nextstep.workflow.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Optional;

/** What became of a picture as JSON: a line of the journal, what a worker tells, and what a server keeps. */
public final class RecordJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RecordJson() {}

    /** A record as text of one line. */
    public static String text(PictureRecord picture) {
        return write(picture).toString();
    }

    /**
     * The record that {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static PictureRecord of(String text) {
        try {
            var node = MAPPER.readTree(text);
            if (isWhole(node)) {
                return read(node);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no record of a picture: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("no record of a picture: no index, files or attempts");
    }

    static boolean isWhole(JsonNode node) {
        return node.path("index").isInt()
                && node.path("files").isArray()
                && node.path("attempts").isArray();
    }

    static PictureRecord read(JsonNode node) {
        var files = new ArrayList<PictureRecord.WrittenFile>();
        node.path("files")
                .forEach(f -> files.add(new PictureRecord.WrittenFile(
                        f.path("name").asText(),
                        f.path("bytes").asLong(),
                        f.path("sha256").asText())));
        var attempts = new ArrayList<PictureRecord.Attempt>();
        node.path("attempts")
                .forEach(a -> attempts.add(new PictureRecord.Attempt(
                        a.path("seed").asLong(),
                        a.path("quality").asDouble(),
                        a.path("kept_rows").asInt(0))));
        return new PictureRecord(
                node.path("index").asInt(),
                files,
                attempts,
                node.path("chosen").asInt(-1),
                node.path("seconds").asDouble(),
                node.path("failure").isTextual()
                        ? Optional.of(node.path("failure").asText())
                        : Optional.empty());
    }

    static ObjectNode write(PictureRecord picture) {
        var node = MAPPER.createObjectNode().put("index", picture.index());
        var files = node.putArray("files");
        picture.files()
                .forEach(f -> files.addObject()
                        .put("name", f.name())
                        .put("bytes", f.bytes())
                        .put("sha256", f.sha256()));
        var attempts = node.putArray("attempts");
        picture.attempts()
                .forEach(a -> attempts.addObject()
                        .put("seed", a.seed())
                        .put("quality", a.quality())
                        .put("kept_rows", a.keptRows()));
        node.put("chosen", picture.chosen()).put("seconds", picture.seconds());
        picture.failure().ifPresent(reason -> node.put("failure", reason));
        return node;
    }
}
