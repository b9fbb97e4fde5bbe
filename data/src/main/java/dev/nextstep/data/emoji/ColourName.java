package dev.nextstep.data.emoji;

import java.util.Locale;
import java.util.Optional;

/** The basic colour words of English that a drawing's main colour can be called. */
public enum ColourName {
    /** Hue about 0°. */
    RED,
    /** About 30°, light. */
    ORANGE,
    /** About 55°. */
    YELLOW,
    /** About 120°. */
    GREEN,
    /** About 215°. */
    BLUE,
    /** About 275°. */
    PURPLE,
    /** Light or reddish violet. */
    PINK,
    /** Dark orange. */
    BROWN,
    /** No hue, dark. */
    BLACK,
    /** No hue, middle. */
    GREY;

    /** The word in captions. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the colour of this word. */
    static Optional<ColourName> of(String word) {
        for (var colour : values()) {
            if (colour.word().equals(word)) {
                return Optional.of(colour);
            }
        }
        return Optional.empty();
    }

    /**
     * Names a colour, if people would agree: not near the border of two names, not white.
     *
     * @param red 0 to 255, as the others
     */
    static Optional<ColourName> naming(int red, int green, int blue) {
        double most = Math.max(red, Math.max(green, blue)) / 255.0;
        double least = Math.min(red, Math.min(green, blue)) / 255.0;
        double chroma = most - least;
        if (chroma < 0.12) {
            return most < 0.27
                    ? Optional.of(BLACK)
                    : most > 0.35 && most < 0.78 && chroma < 0.1 ? Optional.of(GREY) : Optional.empty();
        }
        double saturation = chroma / most;
        double hue = hue(red / 255.0, green / 255.0, blue / 255.0, most, chroma);
        if (most < 0.2 || saturation < 0.3) {
            return Optional.empty();
        }
        return ofHue(hue, saturation, most);
    }

    static double hue(double red, double green, double blue, double most, double chroma) {
        double sector = most == red
                ? (green - blue) / chroma
                : most == green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma;
        return (60 * sector + 360) % 360;
    }

    // The gaps between the ranges are where people disagree.
    private static Optional<ColourName> ofHue(double hue, double saturation, double value) {
        if (hue >= 310 && hue < 352) {
            return value > 0.75 && (saturation < 0.62 || hue < 335) ? Optional.of(PINK) : Optional.empty();
        }
        if (hue >= 352 || hue < 9) {
            return saturation > 0.62 && value > 0.55
                    ? Optional.of(RED)
                    : saturation < 0.55 && value > 0.85 ? Optional.of(PINK) : Optional.empty();
        }
        if (hue >= 14 && hue < 40) {
            if (value < 0.66) {
                return Optional.of(BROWN);
            }
            return value > 0.88 && saturation > 0.7 && hue < 36 ? Optional.of(ORANGE) : Optional.empty();
        }
        if (hue >= 43 && hue < 62) {
            return value > 0.8 && saturation > 0.5 ? Optional.of(YELLOW) : Optional.empty();
        }
        if (hue >= 78 && hue < 165) {
            return Optional.of(GREEN);
        }
        if (hue >= 192 && hue < 244) {
            return Optional.of(BLUE);
        }
        return hue >= 260 && hue < 298 ? Optional.of(PURPLE) : Optional.empty();
    }
}
