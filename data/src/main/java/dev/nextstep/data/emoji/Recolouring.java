package dev.nextstep.data.emoji;

import dev.nextstep.image.Pixels;
import java.util.EnumMap;
import java.util.Map;

/**
 * Gives a drawing of one main colour another one: every hue turns by the angle between the two, shades and lights stay, and
 * what has no hue (outlines, eyes, white) stays as it is.
 */
final class Recolouring {
    /** A hue with the saturation and brightness that its name asks for, as factors of what is there. */
    private record Paint(double hue, double saturation, double darkness) {}

    private static final Map<ColourName, Paint> PAINTS = new EnumMap<>(Map.of(
            ColourName.RED, new Paint(358, 1.0, 0.9),
            ColourName.ORANGE, new Paint(28, 1.0, 0.4),
            ColourName.YELLOW, new Paint(50, 1.0, 0.3),
            ColourName.GREEN, new Paint(120, 0.85, 1.2),
            ColourName.BLUE, new Paint(213, 0.9, 0.8),
            ColourName.PURPLE, new Paint(276, 0.75, 1.0),
            ColourName.PINK, new Paint(332, 0.55, 0.3)));
    /** Below this chroma, of 1, a pixel has no hue worth turning. */
    private static final double GREY = 0.06;

    private Recolouring() {}

    /** Whether there is a paint of this name, and drawings of this main colour can be painted. */
    static boolean knows(ColourName colour) {
        return PAINTS.containsKey(colour);
    }

    /**
     * Paints a drawing.
     *
     * @param from its main colour
     * @param to the colour it gets
     */
    static Pixels paint(Pixels picture, ColourName from, ColourName to) {
        var before = paint(from);
        var after = paint(to);
        var rgb = picture.toBytes();
        for (int i = 0; i < rgb.length; i += 3) {
            double red = (rgb[i] & 255) / 255.0;
            double green = (rgb[i + 1] & 255) / 255.0;
            double blue = (rgb[i + 2] & 255) / 255.0;
            double most = Math.max(red, Math.max(green, blue));
            double chroma = most - Math.min(red, Math.min(green, blue));
            if (chroma < GREY) {
                continue;
            }
            double hue = ColourName.hue(red, green, blue, most, chroma) + after.hue - before.hue;
            double saturation = Math.min(1, chroma / most * after.saturation / before.saturation);
            double value = 1 - Math.min(1, (1 - most) * after.darkness / before.darkness);
            put(rgb, i, hue, saturation, value);
        }
        return Pixels.of(picture.width(), picture.height(), rgb);
    }

    private static Paint paint(ColourName colour) {
        var paint = PAINTS.get(colour);
        if (paint == null) {
            throw new IllegalArgumentException(
                    "no drawing is painted " + colour.word() + "; known are " + PAINTS.keySet());
        }
        return paint;
    }

    private static void put(byte[] rgb, int at, double hue, double saturation, double value) {
        for (int channel = 0; channel < 3; channel++) {
            // Red stands at 5 sixths of the circle from its falling side, green at 3, blue at 1 (the usual HSV
            // formula).
            double k = ((5 - 2 * channel + hue / 60) % 6 + 6) % 6;
            double level = value * (1 - saturation * Math.clamp(Math.min(k, 4 - k), 0.0, 1.0));
            rgb[at + channel] = (byte) Math.round(level * 255);
        }
    }
}
