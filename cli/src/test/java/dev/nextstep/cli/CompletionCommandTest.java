package dev.nextstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String bash(String script) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(BASH), "no bash here");
        var out = folder.resolve("out.txt");
        var process = new ProcessBuilder(BASH.toString(), "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(out, UTF_8);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        var script = Files.writeString(
                folder.resolve("nextstep.bash"), Cli.run("completion", "bash").out());
        bash("bash -n " + script);
        String function = bash("source " + script + "; complete -p nextstep");
        String name = function.replaceAll("(?s).*-F (\\S+).*", "$1");
        assertThat(bash("source %s; COMP_WORDS=(nextstep to); COMP_CWORD=1; %s; echo \"${COMPREPLY[@]}\""
                        .formatted(script, name)))
                .contains("tokenize");
        assertThat(bash("source %s; COMP_WORDS=(nextstep convert --sh); COMP_CWORD=2; %s; echo \"${COMPREPLY[@]}\""
                        .formatted(script, name)))
                .contains("--shard-size");
    }

    @Test
    void zshUsesTheSameScript() {
        assertThat(Cli.run("completion", "zsh").out()).contains("bashcompinit", "tokenize");
    }

    @Test
    void fishKnowsEveryCommandAndOption() {
        String script = Cli.run("completion", "fish").out();
        var commands = Main.commandLine().getSubcommands();
        commands.forEach((name, command) -> {
            assertThat(script).contains("-n __fish_use_subcommand -a " + name + " ");
            for (var option : command.getCommandSpec().options()) {
                assertThat(script).contains(" -l " + option.longestName().substring(2));
            }
        });
        assertThat(script.lines()).allMatch(l -> l.startsWith("complete -c nextstep ") || l.startsWith("#"));
        assertThat(script.lines())
                .filteredOn(l -> l.contains("from reconstruct") && l.contains("-l out"))
                .singleElement()
                .asString()
                .contains("-r -F");
    }

    @Test
    void unknownShellIsAUsageError() {
        var result = Cli.run("completion", "tcsh");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).hasLineCount(1).contains("tcsh", "bash", "fish");
    }
}
