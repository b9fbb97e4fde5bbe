package dev.nextstep.train.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.ResampleFilter;
import dev.nextstep.image.Resampler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The real pictures of a rendered emoji set: {@code catalog.json} with, for each picture, {@code hexcode}, {@code style},
 * {@code label}, {@code form}, and the picture itself as {@code pictures/STYLE/HEXCODE.png}.
 *
 * <p>Immutable; pictures are read when they are asked for and not kept.
 */
public final class EmojiPictures {
    private final Path folder;
    private final int side;
    private final Map<PictureName, Entry> entries;

    /**
     * What the catalogue says of a picture.
     *
     * @param name which picture
     * @param label English name of the glyph
     * @param base hexcode of the glyph that this one varies by tone, gender and the like; its own if it varies none
     * @param form what the glyph is among its relatives: {@code base}, {@code tone}, {@code flag}, …
     */
    public record Entry(PictureName name, String label, String base, String form) {}

    private EmojiPictures(Path folder, int side, Map<PictureName, Entry> entries) {
        this.folder = folder;
        this.side = side;
        this.entries = entries;
    }

    /**
     * Opens a set's folder.
     *
     * @throws MeasureException if its catalogue is missing, damaged or empty
     */
    public static EmojiPictures open(Path folder) {
        Path file = folder.resolve("catalog.json");
        if (!Files.isRegularFile(file)) {
            throw new MeasureException(
                    folder + ": has no catalog.json; name a folder into which the emoji set was rendered");
        }
        try {
            var root = new ObjectMapper().readTree(Files.readAllBytes(file));
            var entries = new LinkedHashMap<PictureName, Entry>();
            for (var node : root.path("pictures")) {
                var name = new PictureName(text(node, "hexcode"), text(node, "style"));
                entries.put(name, new Entry(name, text(node, "label"), text(node, "base"), text(node, "form")));
            }
            int side = root.path("size").asInt();
            if (side < 1 || entries.isEmpty()) {
                throw new MeasureException(file + ": has no pictures or no 'size'; render the set again");
            }
            return new EmojiPictures(folder, side, entries);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new MeasureException(file + ": is damaged (" + e.getMessage() + "); render the set again", e);
        } catch (IOException e) {
            throw new MeasureException(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static String text(JsonNode node, String key) {
        var value = node.path(key);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("a picture has no '" + key + "'");
        }
        return value.asText();
    }

    /** All pictures, in the catalogue's order. */
    public Collection<Entry> entries() {
        return entries.values();
    }

    /** The styles, in alphabetical order. */
    public List<String> styles() {
        var styles = new TreeSet<String>();
        entries.keySet().forEach(name -> styles.add(name.style()));
        return List.copyOf(styles);
    }

    /** What is known of a picture; empty if the set has none of this name. */
    public Optional<Entry> find(PictureName name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** Side of the pictures as they lie in the folder, in pixels. */
    public int side() {
        return side;
    }

    /**
     * Reads a picture in some size: each pixel is the mean of those it replaces.
     *
     * @param wanted side in pixels; the folder's must be a multiple of it
     * @throws IllegalArgumentException if the size cannot be had or the set has no such picture
     * @throws dev.nextstep.image.PictureException if the file is missing or damaged
     */
    public Pixels read(PictureName name, int wanted) {
        if (wanted < 1 || side % wanted != 0) {
            throw new IllegalArgumentException(
                    "%s: has pictures of %d pixels, from which %d cannot be had; choose a divisor or render the set larger"
                            .formatted(folder, side, wanted));
        }
        if (!entries.containsKey(name)) {
            throw new IllegalArgumentException(folder + ": has no picture " + name);
        }
        Path file = folder.resolve("pictures").resolve(name.style()).resolve(name.hexcode() + ".png");
        var pixels = new PictureReader().read(file);
        if (pixels.width() != side || pixels.height() != side) {
            throw new MeasureException("%s: has %d x %d pixels, the catalogue says %d; render the set again"
                    .formatted(file, pixels.width(), pixels.height(), side));
        }
        return wanted == side ? pixels : Resampler.resize(pixels, wanted, wanted, ResampleFilter.BOX);
    }
}
