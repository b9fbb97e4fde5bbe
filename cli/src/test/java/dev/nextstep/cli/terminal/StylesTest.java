package dev.nextstep.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes where they are wanted, none where not. */
class StylesTest {

    @ParameterizedTest
    @EnumSource(Style.class)
    void offMeansNoCodes(Style style) {
        assertThat(Styles.OFF.apply(style, "text")).isEqualTo("text");
    }

    @ParameterizedTest
    @EnumSource(Style.class)
    void aStyleEndsWithItsText(Style style) {
        for (ColorDepth colors : new ColorDepth[] {ColorDepth.ANSI_16, ColorDepth.ANSI_256, ColorDepth.TRUE_COLOR}) {
            assertThat(new Styles(colors).apply(style, "text")).matches("\u001b\\[[0-9;]+mtext\u001b\\[0m");
            assertThat(new Styles(colors).apply(style, "")).isEmpty();
        }
        assertThat(new Styles(ColorDepth.ANSI_16).apply(style, "text")).doesNotContain(";");
    }

    @ParameterizedTest
    @CsvSource({
        "a cat,a cat",
        "'a\u001b[2Jb',a<U+001B>[2Jb",
        "'a\nb\tc\r',a⏎b⇥c<U+000D>",
        "'\u009b31m',<U+009B>31m",
        "'x\u202Egnp',x<U+202E>gnp",
        "'猫🦊é',猫🦊é",
        "'\ud83e!',<U+D83E>!"
    })
    void textFromOutsideIsHarmless(String text, String visible) {
        assertThat(VisibleText.of(text)).isEqualTo(visible);
    }
}
