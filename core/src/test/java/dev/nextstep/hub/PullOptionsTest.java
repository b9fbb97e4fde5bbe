package dev.nextstep.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns, and the small rules of the protocol that need no server. */
class PullOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "config.json,true",
        "tokenizer.json,true",
        "tokenizer_config.json,true",
        "merges.txt,true",
        "model-00001-of-00002.safetensors,true",
        "model.safetensors.index.json,true",
        "vae/config.json,true",
        "vae/checkpoint.pt,true",
        "vae/utils.py,false",
        "vae/deep/x.pt,false",
        "modeling_nextstep.py,false",
        "README.md,false",
        "pytorch_model.bin,false",
        "optimizer/model.safetensors,false",
        "xconfigyjson,false"
    })
    void modelFilesAreThoseOfAModel(String path, boolean selected) {
        assertThat(PullOptions.modelFiles().selects(path)).isEqualTo(selected);
    }

    @Test
    void patternsMatchWholePaths() {
        assertThat(new FilePattern("a/*.b?").matches("a/x.bc")).isTrue();
        assertThat(new FilePattern("a/*.b?").matches("a/y/x.bc")).isFalse();
        assertThat(new FilePattern("**.bc").matches("a/y/x.bc")).isTrue();
        assertThat(new FilePattern("a+(b)[c]\\E").matches("a+(b)[c]\\E")).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PullOptions.modelFiles().withFiles(List.of(), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PullOptions.modelFiles().withFiles(List.of("*"), List.of("")));
    }

    @Test
    void retryAfterIsSecondsOrADate() {
        assertThat(RetryAfter.parse(" 120 ")).contains(Duration.ofMinutes(2));
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(100));
        assertThat(RetryAfter.parse(date).orElse(Duration.ZERO))
                .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
        assertThat(RetryAfter.parse("Wed, 21 Oct 2015 07:28:00 GMT")).contains(Duration.ZERO);
        assertThat(RetryAfter.parse("soon")).isEmpty();
        assertThat(RetryAfter.parse("-1")).isEmpty();
        assertThat(RetryAfter.parse("99999999999999999999")).isEmpty();
    }

    @Test
    void backoffDoublesWithJitterUpToALimit() {
        for (int failures = 1; failures <= 100; failures++) {
            long longest = Math.min(30_000, 500L << Math.min(failures - 1, 10));
            assertThat(Backoff.EXPONENTIAL.delay(failures))
                    .isBetween(Duration.ofMillis(longest / 2), Duration.ofMillis(longest));
        }
    }
}
