package dev.nextstep.data.emoji;

import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes samples: reads the pictures and puts captions and fields beside them. */
final class EmojiSamples {
    private static final int LONGEST_KEY = 80;

    private static final String PNG = "png";
    /** Mean difference of a byte below which a picture counts as its own mirror image. */
    private static final double SYMMETRIC = 2.5;

    private final PictureCaptions captions;
    private final int size;

    /**
     * Prepares.
     *
     * @param common keywords for captions
     * @param size side of the pictures
     */
    EmojiSamples(long seed, CommonTags common, int size) {
        this.captions = new PictureCaptions(seed, common);
        this.size = size;
    }

    Sample picture(RenderedEmoji picture) throws IOException {
        var texts = captions.of(picture);
        var fields = new LinkedHashMap<String, Object>();
        describe(fields, "", picture);
        fields.put("captions", WeightedText.fields(texts));
        fields.put("width", size);
        fields.put("height", size);
        return new Sample(
                key(picture), SampleKind.IMAGE_TEXT, texts.getFirst().text(), List.of(encoded(picture)), fields);
    }

    /** Nothing if the edit would change nothing. */
    Optional<Sample> edit(EditPair pair) throws IOException {
        var target = switch (pair.kind()) {
            case MIRROR -> mirrored(pair.source());
            case PAINT -> Optional.of(painted(pair.source(), pair.paint().orElseThrow()));
            case STYLE, TONE, GENDER, COLOUR, CLOCK -> Optional.of(encoded(pair.target()));
        };
        if (target.isEmpty()) {
            return Optional.empty();
        }
        var texts = EditInstructions.of(pair).stream()
                .map(text -> new WeightedText("<image_0>" + text.text() + "<image_1>", text.weight()))
                .toList();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("edit", pair.kind().id());
        describe(fields, "source_", pair.source());
        describe(fields, "target_", pair.target());
        pair.paint().ifPresent(paint -> fields.put("paint", paint.word()));
        fields.put("captions", WeightedText.fields(texts));
        fields.put("width", size);
        fields.put("height", size);
        String to = pair.paint().map(ColourName::word).orElseGet(() -> key(pair.target()));
        return Optional.of(new Sample(
                shortened(pair.kind().id() + "_" + key(pair.source()) + "_to_" + to),
                SampleKind.EDIT,
                texts.getFirst().text(),
                List.of(encoded(pair.source()), target.get()),
                fields));
    }

    Sample series(Series series) throws IOException {
        var pictures = new ArrayList<EncodedPicture>();
        for (var picture : series.pictures()) {
            pictures.add(encoded(picture));
        }
        var fields = Map.<String, Object>of(
                "hexcodes",
                series.pictures().stream().map(p -> p.glyph().hexcode()).toList(),
                "styles",
                series.pictures().stream().map(p -> p.style().word()).toList(),
                "width",
                size,
                "height",
                size);
        return new Sample(
                "series_" + Long.toHexString(new StableHash(0).bits(series.key())),
                SampleKind.INTERLEAVED,
                series.caption(),
                pictures,
                fields);
    }

    /** A picture, then what it shows. */
    Sample description(RenderedEmoji picture) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        describe(fields, "", picture);
        fields.put("width", size);
        fields.put("height", size);
        String words =
                GlyphName.of(picture.glyph()).plain() + ", " + picture.style().word() + " style";
        return new Sample(
                shortened("description_" + key(picture)),
                SampleKind.INTERLEAVED,
                "<image_0> " + words,
                List.of(encoded(picture)),
                fields);
    }

    static Sample text(String key, String text) {
        return new Sample(key, SampleKind.TEXT, text, List.of(), Map.of());
    }

    private static void describe(Map<String, Object> fields, String prefix, RenderedEmoji picture) {
        var glyph = picture.glyph();
        fields.put(prefix + "hexcode", glyph.hexcode());
        fields.put(prefix + "label", glyph.label());
        fields.put(prefix + "style", picture.style().word());
        fields.put(prefix + "group", glyph.group());
        fields.put(prefix + "subgroup", glyph.subgroup());
        fields.put(prefix + "base", glyph.form() == GlyphForm.BASE);
        if (!glyph.tones().isEmpty()) {
            fields.put(
                    prefix + "tone", glyph.tones().stream().map(SkinTone::word).toList());
        }
        glyph.gender().ifPresent(gender -> fields.put(prefix + "gender", gender.word()));
        picture.colour().ifPresent(colour -> fields.put(prefix + "colour", colour.word()));
    }

    /** A shard's keys have neither dots nor hyphens. */
    private static String key(RenderedEmoji picture) {
        return picture.style().word() + "_" + picture.glyph().hexcode().replace('-', '_');
    }

    private static EncodedPicture encoded(RenderedEmoji picture) throws IOException {
        return new EncodedPicture(PNG, Files.readAllBytes(picture.file()));
    }

    private static EncodedPicture painted(RenderedEmoji picture, ColourName colour) throws IOException {
        var pixels = new PictureReader()
                .read(Files.readAllBytes(picture.file()), picture.file().toString());
        var painted = Recolouring.paint(pixels, picture.colour().orElseThrow(), colour);
        return new EncodedPicture(PNG, PictureWriter.encode(painted, PictureFormat.PNG, WriteOptions.DEFAULT));
    }

    private static Optional<EncodedPicture> mirrored(RenderedEmoji picture) throws IOException {
        var bytes = Files.readAllBytes(picture.file());
        var pixels = new PictureReader().read(bytes, picture.file().toString());
        var rgb = pixels.toBytes();
        var turned = new byte[rgb.length];
        long difference = 0;
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                int from = 3 * (y * pixels.width() + x);
                int to = 3 * (y * pixels.width() + pixels.width() - 1 - x);
                for (int c = 0; c < 3; c++) {
                    turned[to + c] = rgb[from + c];
                    difference += Math.abs((rgb[from + c] & 255) - (rgb[to + c] & 255));
                }
            }
        }
        if (difference < SYMMETRIC * rgb.length) {
            return Optional.empty();
        }
        var png = PictureWriter.encode(
                Pixels.of(pixels.width(), pixels.height(), turned), PictureFormat.PNG, WriteOptions.DEFAULT);
        return Optional.of(new EncodedPicture(PNG, png));
    }

    /** Joined glyphs have long names; a key must fit into the header of a tar entry. */
    private static String shortened(String key) {
        return key.length() <= LONGEST_KEY
                ? key
                : key.substring(0, LONGEST_KEY - 17) + "_" + HexFormat.of().toHexDigits(new StableHash(0).bits(key));
    }
}
