package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class WriteCommandTest {

    @Test
    void writesTheSameInEveryForm() throws Exception {
        var plain = Cli.onModel("write", "a red", "--max-tokens", "5");
        assertThat(plain.code()).as(plain.err()).isZero();
        var json = Cli.onModel("write", "a red", "--max-tokens", "5", "--json");
        var tree = new ObjectMapper().readTree(json.out());
        assertThat(tree.get("text").asText() + System.lineSeparator()).isEqualTo(plain.out());
        assertThat(tree.get("ids").size()).isBetween(1, 5);
        assertThat(tree.get("end").asText()).isIn("stop", "length", "picture");
        assertThat(Cli.withInput("a red\n", "write", "-", "--max-tokens", "5").out())
                .isEqualTo(plain.out());
    }

    @Test
    void aSeedRepeatsRandomText() {
        String[] args = {"write", "a", "--max-tokens", "8", "--temperature", "2", "--seed", "3"};
        assertThat(Cli.onModel(args).out()).isEqualTo(Cli.onModel(args).out());
        args[7] = "4";
        assertThat(Cli.onModel(args).out())
                .isNotEqualTo(Cli.onModel("write", "a", "--max-tokens", "8").out());
    }

    @Test
    void valuesOutOfRangeAreUsageErrors() {
        assertThat(Cli.onModel("write", "a", "--max-tokens", "0").code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(Cli.onModel("write", "a", "--top-p", "1.5").err())
                .hasLineCount(1)
                .contains("top-p");
        assertThat(Cli.onModel("write", "a", "--stop", "<|nothing|>").err()).contains("<|nothing|>");
        assertThat(Cli.onModel("write").code()).isEqualTo(ExitCode.USAGE.number());
    }
}
