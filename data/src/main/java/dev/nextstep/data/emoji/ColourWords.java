package dev.nextstep.data.emoji;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Colour words in labels. */
final class ColourWords {
    /** Two words before one, so that a light blue heart is not taken for a blue one. */
    private static final List<String> NAMED = List.of(
            "light blue",
            "red",
            "orange",
            "yellow",
            "green",
            "blue",
            "purple",
            "pink",
            "brown",
            "black",
            "white",
            "grey");

    private static final Set<String> ANY = Set.of(
            "red",
            "orange",
            "yellow",
            "green",
            "blue",
            "purple",
            "pink",
            "brown",
            "black",
            "white",
            "grey",
            "gray",
            "gold",
            "golden",
            "silver",
            "violet",
            "rainbow",
            "colorful",
            "dark",
            "light");

    private ColourWords() {}

    /** The colour in a label, if one stands there as a word. */
    static Optional<String> in(String label) {
        String padded = " " + label + " ";
        return NAMED.stream().filter(word -> padded.contains(" " + word + " ")).findFirst();
    }

    /** Whether a text speaks of colour at all. */
    static boolean speaks(String text) {
        return Arrays.stream(text.split("[ -]")).anyMatch(ANY::contains);
    }
}
