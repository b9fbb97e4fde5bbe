package dev.nextstep.data.caption;

import java.util.Locale;

/** What happens to the letters of half of the captions (spec §8.7, §11 #39). */
public enum Capitalization {
    /** Nothing. */
    NONE,
    /** The first letter becomes a capital. */
    FIRST_LETTER,
    /**
     * The first letter becomes a capital and all others small, as in the official code. It spoils names and texts that are
     * to be written in a picture.
     */
    FIRST_LETTER_REST_SMALL;

    String apply(String text) {
        if (this == NONE || text.isEmpty()) {
            return text;
        }
        int end = text.offsetByCodePoints(0, 1);
        String first = Character.toString(Character.toTitleCase(text.codePointAt(0)));
        String rest = text.substring(end);
        return first + (this == FIRST_LETTER ? rest : rest.toLowerCase(Locale.ROOT));
    }
}
