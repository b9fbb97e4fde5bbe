package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizeCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void idsDecodeToTheText() throws Exception {
        String text = "a red ♥ heart, \"schön\"";
        var result = Cli.onModel("tokenize", text, "--json");
        assertThat(result.code()).as(result.err()).isZero();
        var tree = new ObjectMapper().readTree(result.out());
        String ids = StreamSupport.stream(tree.get("tokens").spliterator(), false)
                .map(t -> t.get("id").asText())
                .collect(Collectors.joining(" "));
        assertThat(tree.get("count").asInt()).isEqualTo(tree.get("tokens").size());
        assertThat(Cli.onModel("tokenize", "--decode", ids).out()).isEqualTo(text + System.lineSeparator());
        var file = Files.writeString(folder.resolve("text.txt"), text);
        assertThat(Cli.onModel("tokenize", "--file", file.toString(), "--json").out())
                .isEqualTo(result.out());
        assertThat(Cli.withInput(text + "\n", "tokenize", "-", "--json").out()).isEqualTo(result.out());
    }

    @Test
    void specialTokensOnlyIfAskedFor() {
        String text = "x<|image_area|>";
        assertThat(Cli.onModel("tokenize", text).out()).doesNotContain("special");
        assertThat(Cli.onModel("tokenize", "--special", text).out()).contains("<|image_area|>  special", "2 tokens");
    }

    @Test
    void controlCharactersAreNotSentToTheTerminal() {
        assertThat(Cli.onModel("tokenize", "a\033[31m\n").out())
                .doesNotContain("\033")
                .contains("U+001B", "⏎");
    }

    @Test
    void wrongUseIsExplained() {
        assertThat(Cli.onModel("tokenize").code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(Cli.onModel("tokenize", "x", "--decode", "1").code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(Cli.onModel("tokenize", "--decode", "1 two").err())
                .hasLineCount(1)
                .contains("'two'");
        assertThat(Cli.onModel("tokenize", "--decode", "99999999").err()).contains("99999999");
        assertThat(Cli.run("tokenize", "x", "--model", folder.toString()).code())
                .isEqualTo(ExitCode.BAD_INPUT.number());
    }
}
