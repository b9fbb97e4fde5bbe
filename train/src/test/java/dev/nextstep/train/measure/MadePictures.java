package dev.nextstep.train.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A small world of glyphs (a few discs of their own on white) in made-up styles. */
final class MadePictures {
    static final List<String> STYLES = List.of("flat", "lined", "shaded");

    private MadePictures() {}

    static String hexcode(int glyph) {
        return Integer.toHexString(0x1f300 + glyph);
    }

    /** Glyph number so and so in a style: flat colour, with a dark line around, or shaded from light to dark. */
    static Pixels of(int glyph, String style, int side) {
        var random = new Random(glyph);
        var rgb = new byte[3 * side * side];
        java.util.Arrays.fill(rgb, (byte) 255);
        for (int disc = 0; disc < 3; disc++) {
            double cx = side * (0.25 + 0.5 * random.nextDouble());
            double cy = side * (0.25 + 0.5 * random.nextDouble());
            double radius = side * (0.12 + 0.16 * random.nextDouble());
            int[] colour = {random.nextInt(200), random.nextInt(200), random.nextInt(200)};
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    double distance = Math.hypot(x + 0.5 - cx, y + 0.5 - cy);
                    if (distance < radius) {
                        for (int c = 0; c < 3; c++) {
                            rgb[3 * (y * side + x) + c] =
                                    (byte) shade(style, colour[c], distance / radius, (y + 0.5 - cy) / radius);
                        }
                    }
                }
            }
        }
        return Pixels.of(side, side, rgb);
    }

    private static int shade(String style, int level, double outwards, double down) {
        return switch (style) {
            case "flat" -> level;
            case "lined" -> outwards > 0.8 ? 20 : level;
            case "shaded" -> Math.clamp((int) (level - 60 * down), 0, 255);
            default -> throw new IllegalArgumentException(style);
        };
    }

    static Pixels noise(long seed, int side) {
        var rgb = new byte[3 * side * side];
        new Random(seed).nextBytes(rgb);
        return Pixels.of(side, side, rgb);
    }

    /** Writes glyphs 0 to n − 1 in all styles as an emoji set. */
    static EmojiPictures set(Path folder, int glyphs, int side) throws IOException {
        var mapper = new ObjectMapper();
        var root = mapper.createObjectNode().put("format", 1).put("size", side);
        for (String style : STYLES) {
            Path pictures = Files.createDirectories(folder.resolve("pictures").resolve(style));
            for (int glyph = 0; glyph < glyphs; glyph++) {
                String code = hexcode(glyph);
                PictureWriter.write(pictures.resolve(code + ".png"), of(glyph, style, side));
                root.withArray("pictures")
                        .addObject()
                        .put("hexcode", code)
                        .put("style", style)
                        .put("label", "thing " + glyph)
                        .put("base", code)
                        .put("form", glyph % 5 == 4 ? "tone" : "base");
            }
        }
        mapper.writeValue(folder.resolve("catalog.json").toFile(), root);
        return EmojiPictures.open(folder);
    }
}
