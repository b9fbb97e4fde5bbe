package dev.nextstep.train.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.data.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Cases in a JSON file: {@code {"seen": [{"caption", "hexcode", "style"}], "held_out": [the same], "edits": [{"kind",
 * "instruction", "source": {"hexcode", "style"}, "target": {"hexcode", "style"}}], "reconstructions": [{"hexcode",
 * "style"}]}}. A list that is absent is empty.
 */
public record CasesFile(
        List<CaptionCase> seen, List<CaptionCase> heldOut, List<EditCase> edits, List<PictureName> reconstructions)
        implements EvaluationCases {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Copies the lists. */
    public CasesFile {
        seen = List.copyOf(seen);
        heldOut = List.copyOf(heldOut);
        edits = List.copyOf(edits);
        reconstructions = List.copyOf(reconstructions);
    }

    /** A copy of other cases, to be written. */
    public static CasesFile of(EvaluationCases cases) {
        return new CasesFile(cases.seen(), cases.heldOut(), cases.edits(), cases.reconstructions());
    }

    /**
     * These cases and others.
     *
     * @param others of the same emoji set
     */
    public CasesFile and(CasesFile others) {
        return new CasesFile(
                both(seen, others.seen),
                both(heldOut, others.heldOut),
                both(edits, others.edits),
                both(reconstructions, others.reconstructions));
    }

    private static <T> List<T> both(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().toList();
    }

    /** The same without edits of other kinds; all edits if no kind is named. */
    public CasesFile withEditsOf(Set<String> kinds) {
        return kinds.isEmpty()
                ? this
                : new CasesFile(
                        seen,
                        heldOut,
                        edits.stream().filter(e -> kinds.contains(e.kind())).toList(),
                        reconstructions);
    }

    /**
     * Reads a file.
     *
     * @throws MeasureException if it is missing or damaged; the message says where
     */
    public static CasesFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new MeasureException(file + ": no such file of cases");
        }
        try {
            var root = MAPPER.readTree(Files.readAllBytes(file));
            return new CasesFile(
                    list(root, "seen", CasesFile::caption),
                    list(root, "held_out", CasesFile::caption),
                    list(root, "edits", CasesFile::edit),
                    list(root, "reconstructions", CasesFile::picture));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new MeasureException(file + ": is no file of cases (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new MeasureException(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** Writes the file in one step. */
    public void write(Path file) throws IOException {
        var root = MAPPER.createObjectNode();
        seen.forEach(c -> put(root.withArray("seen").addObject().put("caption", c.caption()), c.picture()));
        heldOut.forEach(c -> put(root.withArray("held_out").addObject().put("caption", c.caption()), c.picture()));
        for (var edit : edits) {
            var node = root.withArray("edits").addObject();
            node.put("kind", edit.kind()).put("instruction", edit.instruction());
            put(node.putObject("source"), edit.source());
            put(node.putObject("target"), edit.target());
        }
        reconstructions.forEach(p -> put(root.withArray("reconstructions").addObject(), p));
        AtomicFile.writeText(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private static void put(ObjectNode node, PictureName picture) {
        node.put("hexcode", picture.hexcode()).put("style", picture.style());
    }

    private static <T> List<T> list(JsonNode root, String key, Function<JsonNode, T> reader) {
        if (!root.isObject()) {
            throw new IllegalArgumentException("it holds no JSON object");
        }
        var items = new ArrayList<T>();
        for (var node : root.path(key)) {
            try {
                items.add(reader.apply(node));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "entry %d of '%s': %s".formatted(items.size(), key, e.getMessage()), e);
            }
        }
        return items;
    }

    private static CaptionCase caption(JsonNode node) {
        return new CaptionCase(text(node, "caption"), picture(node));
    }

    private static EditCase edit(JsonNode node) {
        return new EditCase(
                text(node, "kind"),
                text(node, "instruction"),
                picture(node.path("source")),
                picture(node.path("target")));
    }

    private static PictureName picture(JsonNode node) {
        return new PictureName(text(node, "hexcode"), text(node, "style"));
    }

    private static String text(JsonNode node, String key) {
        if (!node.path(key).isTextual()) {
            throw new IllegalArgumentException("has no text '" + key + "'");
        }
        return node.path(key).asText();
    }
}
