package dev.nextstep.workflow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTemplateTest {
    private static final Map<String, String> VALUES = Map.of(
            "index", "0007", "job", "3", "image", "1", "prompt", "A red  Heart!", "seed", "42", "preset", "draft");

    @Test
    void placesAreFilled() {
        assertThat(new NameTemplate("{index}-{prompt}").name(VALUES)).isEqualTo("0007-a-red-heart");
        assertThat(new NameTemplate("{preset}/{job}_{image}_{seed}").name(VALUES))
                .isEqualTo("draft/3_1_42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{prompt}",
                "{indx}",
                "/{index}",
                "../{index}",
                "a/../{index}",
                ".{index}",
                "a//{index}",
                "{index}\\x",
                "c:{index}",
                "a/.b/{index}",
                "{index}\n"
            })
    void whatWouldLeaveTheFolderOrRepeatIsRefused(String template) {
        assertThatThrownBy(() -> new NameTemplate(template)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void promptsBecomeHarmlessWords() {
        assertThat(NameTemplate.word("../../etc/passwd")).isEqualTo("etc-passwd");
        assertThat(NameTemplate.word("  ")).isEqualTo("picture");
        assertThat(NameTemplate.word("CON")).isEqualTo("con-");
        assertThat(NameTemplate.word("苹果 と ñandú")).isEqualTo("苹果-と-ñandú");
        assertThat(NameTemplate.word("x".repeat(10_000))).hasSize(60);
    }

    @Test
    void noPromptLeavesTheFolder() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var root = Path.of("/out");
        var template = new NameTemplate("{index}-{prompt}");
        for (int i = 0; i < 5000; i++) {
            var prompt = new StringBuilder();
            for (int k = random.nextInt(30); k > 0; k--) {
                prompt.appendCodePoint(
                        random.nextInt(3) == 0 ? "./\\:$\0\n{}".charAt(random.nextInt(9)) : random.nextInt(0xd000));
            }
            String name = template.name(Map.of("index", "1", "prompt", prompt.toString()));
            var target = root.resolve(name + ".png").normalize();
            assertThat(target.getParent())
                    .as("seed %d, prompt %s", seed, prompt)
                    .isEqualTo(root);
            assertThat(name).startsWith("1-").doesNotContain("/", "\\", "\n", "\0");
        }
    }
}
