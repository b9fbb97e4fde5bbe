package dev.nextstep.data.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainColourTest {
    @ParameterizedTest
    @CsvSource({
        "d32f2f, RED",
        "f79329, ORANGE",
        "fcea2b, YELLOW",
        "43a047, GREEN",
        "3b88c3, BLUE",
        "8e24aa, PURPLE",
        "f48fb1, PINK",
        "6d4c41, BROWN",
        "212121, BLACK",
        "8a8a8a, GREY"
    })
    void plainColoursHaveTheirNames(String hex, ColourName expected) {
        int rgb = Integer.parseInt(hex, 16);
        assertThat(ColourName.naming(rgb >> 16, rgb >> 8 & 255, rgb & 255)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"e0e0e0", "ffffff", "f92f60", "26c6da", "cddc39", "f4c7b0"})
    void disputedColoursHaveNone(String hex) {
        int rgb = Integer.parseInt(hex, 16);
        assertThat(ColourName.naming(rgb >> 16, rgb >> 8 & 255, rgb & 255)).isEmpty();
    }

    @Test
    void whiteAroundTheDrawingDoesNotCountAndWhiteInsideDoes() throws RenderException {
        // A red ring with a white middle: 64 % of what is not background is red, then 36 %.
        assertThat(colour(6)).isEqualTo("RED 0.64");
        assertThat(colour(8)).isEqualTo("none");
    }

    private static String colour(int hole) throws RenderException {
        int at = 16 - hole / 2;
        var icon = new Icon(
                "ring",
                "<path fill=\"#d32f2f\" d=\"M11 11h10v10h-10z\"/><path fill=\"#fff\" d=\"M%d %dh%dv%dh-%dz\"/>"
                        .formatted(at, at, hole, hole, hole),
                32,
                32);
        return MainColour.of(new EmojiRenderer(64).render(icon))
                .map(colour -> colour.name() + " " + Math.round(100 * colour.share()) / 100.0)
                .orElse("none");
    }
}
