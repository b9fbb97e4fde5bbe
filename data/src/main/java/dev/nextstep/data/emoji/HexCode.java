package dev.nextstep.data.emoji;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Code points of a glyph in lower-case hexadecimal, joined by hyphens, without the variation selector {@code fe0f}. */
final class HexCode {
    static final String JOINER = "200d";
    static final String RIGHTWARDS = "27a1";
    private static final String VARIATION = "fe0f";

    private HexCode() {}

    /** The one form that all packages are joined by. */
    static String normalized(String code) {
        var parts = new ArrayList<>(parts(code.toLowerCase(Locale.ROOT)));
        parts.removeIf(VARIATION::equals);
        return String.join("-", parts);
    }

    /** The code points of a normalised code. */
    static List<String> parts(String code) {
        return Arrays.asList(code.split("-", -1));
    }
}
