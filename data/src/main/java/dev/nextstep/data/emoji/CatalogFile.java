package dev.nextstep.data.emoji;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The two JSON files beside the pictures. */
final class CatalogFile {
    private static final int FORMAT = 1;
    private static final String RENDERER = "jsvg 2.1.0, 2 x 2 samples a pixel, on white";

    /**
     * What the catalogue file says.
     *
     * @param size side of the pictures
     * @param pictures all of them
     */
    record Contents(int size, List<RenderedEmoji> pictures) {}

    private final ObjectMapper mapper = new ObjectMapper();
    private final EmojiFolder folder;

    CatalogFile(EmojiFolder folder) {
        this.folder = folder;
    }

    /**
     * Notes with what the pictures are made, or compares it with what was noted.
     *
     * @throws EmojiSetException if the folder's pictures were made otherwise
     */
    void claim(int size, List<Drawing> drawings) throws IOException {
        var wanted = rendering(size, drawings);
        if (!Files.exists(folder.rendering())) {
            EmojiFolder.write(folder.rendering(), bytes(wanted));
            return;
        }
        var found = mapper.readTree(Files.readAllBytes(folder.rendering()));
        if (!found.equals(wanted)) {
            throw new EmojiSetException(folder.root() + ": its pictures were made otherwise (" + found
                    + ") than asked for (" + wanted + "); choose another folder or remove this one");
        }
    }

    private ObjectNode rendering(int size, List<Drawing> drawings) {
        var root = mapper.createObjectNode();
        root.put("format", FORMAT);
        root.put("size", size);
        root.put("renderer", RENDERER);
        // Which icon stands for which glyph is decided here, not by the packages alone.
        root.put("icons", icons(drawings));
        var packages = root.putObject("packages");
        packages.put(EmojiCatalog.NAMES.toString(), EmojiCatalog.NAMES.integrity());
        for (var style : EmojiStyle.values()) {
            packages.put(style.source().toString(), style.source().integrity());
        }
        return root;
    }

    private static String icons(List<Drawing> drawings) {
        var digest = Digests.sha256();
        for (var drawing : drawings) {
            var line = drawing.style().word() + " " + drawing.glyph().hexcode() + " "
                    + drawing.icon().name() + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    void write(int size, List<RenderedEmoji> pictures, Map<String, String> failures) throws IOException {
        var root = mapper.createObjectNode();
        root.put("format", FORMAT);
        root.put("size", size);
        failures.forEach(root.putObject("failures")::put);
        var array = root.putArray("pictures");
        pictures.forEach(picture -> array.add(node(picture)));
        EmojiFolder.write(folder.catalog(), bytes(root));
    }

    private ObjectNode node(RenderedEmoji picture) {
        var glyph = picture.glyph();
        var node = mapper.createObjectNode();
        node.put("file", "pictures/" + picture.style().word() + "/" + glyph.hexcode() + ".png");
        node.put("sha256", picture.sha256());
        node.put("hexcode", glyph.hexcode());
        node.put("style", picture.style().word());
        node.put("label", glyph.label());
        glyph.tags().forEach(node.putArray("tags")::add);
        glyph.aliases().forEach(node.putArray("aliases")::add);
        node.put("group", glyph.group());
        node.put("subgroup", glyph.subgroup());
        node.put("base", glyph.base());
        node.put("form", word(glyph.form()));
        node.put("is_base", glyph.form() == GlyphForm.BASE);
        glyph.tones().forEach(tone -> node.withArray("tones").add(tone.word()));
        glyph.gender().ifPresent(gender -> node.put("gender", word(gender)));
        picture.colour().ifPresent(colour -> node.put("colour", colour.word()));
        return node;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws EmojiSetException if the folder was not rendered to the end or the file is damaged
     */
    Contents read() throws IOException {
        if (!Files.isRegularFile(folder.catalog())) {
            throw new EmojiSetException(folder.root() + ": has no catalog.json; render the emoji set into it first");
        }
        var pictures = new ArrayList<RenderedEmoji>();
        int size;
        try {
            var root = mapper.readTree(Files.readAllBytes(folder.catalog()));
            if (root.path("format").asInt() != FORMAT) {
                throw new EmojiSetException(folder.catalog() + ": has format " + root.path("format")
                        + "; this version reads " + FORMAT + ". Render the set into another folder");
            }
            size = root.path("size").asInt();
            root.path("pictures").forEach(node -> pictures.add(picture(node)));
        } catch (IllegalArgumentException | com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new EmojiSetException(
                    folder.catalog() + ": is damaged (" + e.getMessage() + "); remove it and render again", e);
        }
        return new Contents(size, pictures);
    }

    private RenderedEmoji picture(JsonNode node) {
        var tones = new ArrayList<SkinTone>();
        node.path("tones").forEach(tone -> tones.add(value(SkinTone.class, tone)));
        var glyph = new Glyph(
                node.path("hexcode").asText(),
                node.path("label").asText(),
                texts(node.path("tags")),
                texts(node.path("aliases")),
                node.path("group").asText(),
                node.path("subgroup").asText(),
                node.path("base").asText(),
                tones,
                Optional.of(node.path("gender")).filter(JsonNode::isTextual).map(text -> value(Gender.class, text)),
                value(GlyphForm.class, node.path("form")));
        var style = EmojiStyle.of(node.path("style").asText());
        return new RenderedEmoji(
                glyph,
                style,
                folder.picture(style, glyph.hexcode()),
                node.path("sha256").asText(),
                ColourName.of(node.path("colour").asText()));
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> E value(Class<E> type, JsonNode word) {
        return Enum.valueOf(type, word.asText().toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private byte[] bytes(ObjectNode root) throws IOException {
        return (mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
