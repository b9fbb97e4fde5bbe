package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What all commands have in common. */
class CommandsTest {

    static Stream<String> names() {
        return Main.commandLine().getSubcommands().keySet().stream().filter(n -> !n.equals("help"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void helpShowsExamplesWithoutColours(String name) {
        var result = Cli.run(name, "--help");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("Usage: nextstep " + name)
                .contains("Example", "./nextstep " + name, "--debug")
                .doesNotContain("\033");
        assertThat(Cli.run("help", name).out()).isEqualTo(result.out());
    }

    @ParameterizedTest
    @MethodSource("names")
    void wrongOptionIsAUsageErrorOfThatCommand(String name) {
        var result = Cli.run(name, "--no-such-option");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).hasLineCount(1).contains("nextstep " + name + " --help");
    }

    @Test
    void onlyNeededCommandsAreMade() {
        assertThat(needed("--version")).isEmpty();
        assertThat(needed("--debug", "tokenize", "generate")).containsExactly("tokenize");
        assertThat(needed("help", "tokenize")).contains("help", "tokenize", "generate");
        assertThat(needed("tokenise")).contains("tokenize", "generate");
        assertThat(needed()).contains("tokenize", "generate");
        assertThat(needed("--help")).contains("tokenize", "generate");
    }

    private static Iterable<String> needed(String... args) {
        var root = new CommandLine(CommandLine.Model.CommandSpec.create());
        Commands.addNeeded(root, args);
        return root.getSubcommands().keySet();
    }

    @Test
    void misspelledCommandIsExplained() {
        var result = Cli.run("tokenise", "x");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).hasLineCount(1).contains("tokenize");
    }
}
