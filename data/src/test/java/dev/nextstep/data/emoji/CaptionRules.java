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
                .doesNotContainPattern("(^|draw |of )(a|an) (a|an|the) ")
                .doesNotContainPattern("(^|draw |of )a (?!one)[aio]\\w")
                .doesNotContainPattern("(^|draw |of )an [bcdfgjklpqrtvwz]\\w");
    }
}
