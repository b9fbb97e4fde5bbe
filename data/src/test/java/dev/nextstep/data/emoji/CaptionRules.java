package dev.nextstep.data.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;

/** What holds for every text of the set. */
final class CaptionRules {
    private CaptionRules() {}

    static void check(String text) {
        assertThat(text)
                .isNotBlank()
                .isEqualTo(text.strip())
                .isEqualTo(text.toLowerCase(Locale.ROOT))
                .doesNotContain("  ", "{", "}", "null", "[", "]", "“", "”", "’", " ,", ",,", "emoji emoji")
                .doesNotContainPattern("\\b(\\w+) \\1\\b")
                .doesNotContainPattern("\\b(a|an) (a|an|the)\\b (?!button)")
                .doesNotContainPattern("\\ba [aio]\\w")
                .doesNotContainPattern("\\ban [bcdfgjklpqrtvwz]\\w");
    }
}
