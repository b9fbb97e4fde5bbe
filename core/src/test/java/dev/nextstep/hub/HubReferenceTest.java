package dev.nextstep.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubReferenceTest {
    @Test
    void revisionIsMainUnlessGiven() {
        assertThat(HubReference.parse("stepfun-ai/NextStep-1-Large"))
                .isEqualTo(new HubReference("stepfun-ai", "NextStep-1-Large", "main"));
        assertThat(HubReference.parse("a/b.c@refs/pr/1").revision()).isEqualTo("refs/pr/1");
        assertThat(HubReference.parse("a/b@v1.0@x")).hasToString("a/b@v1.0@x");
        assertThat(HubReference.parse("a/b@0123456789abcdef0123456789abcdef01234567")
                        .isCommit())
                .isTrue();
        assertThat(HubReference.parse("a/b@0123").isCommit()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "model",
                "a/",
                "/b",
                "a/b/c",
                "a/b@",
                "../b",
                "a/..",
                "a/b--c",
                "a--x/b",
                "a/b.git",
                "a/.b",
                "a/b-",
                "a b/c",
                "a/b\n",
                "ä/b",
                "a/b@../x",
                "a/b@/x",
                "a/b@x/",
                "a/b@x//y",
                "a/b@x y",
                "a/b@x\\y",
                "a/b@-x",
                "a/b@x..y",
                "a/b@x.lock",
                "a/b@x?y",
                "a@b/c",
                "https://huggingface.co/a/b"
            })
    void othersAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HubReference.parse(text))
                .withMessageContaining("expected");
    }
}
