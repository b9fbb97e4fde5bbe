package dev.nextstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class CompletionCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String bash(String script) throws IOException, InterruptedException {
        return run(program("bash"), "-c", script);
    }

    /** Where a shell is; a test without it is skipped. */
    private static String program(String name) {
        return Stream.of("/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
                .map(f -> Path.of(f, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseGet(() -> Assumptions.abort("no %s here".formatted(name)));
    }

    private String run(String... words) throws IOException, InterruptedException {
        var out = folder.resolve("out.txt");
        var builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("HOME", folder.toString());
        var process = builder.start();
        process.getOutputStream().close();
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

    /** None of their modules is on the class path of this test. */
    @Test
    void bashCompletesOptionsOfCommandsThatAreNotHere() throws Exception {
        var script = Files.writeString(
                folder.resolve("nextstep.bash"), Cli.run("completion", "bash").out());
        var wanted = java.util.Map.of(
                "serve --queue-limit-", "--queue-limit-per-key",
                "serve keys create --per-", "--per-minute",
                "data emoji --", "--out",
                "train --", "--recipe",
                "measure --on", "--only");
        for (var entry : wanted.entrySet()) {
            var words = entry.getKey().split(" ", -1);
            assertThat(bash(
                            "source %s; COMP_WORDS=(nextstep %s); COMP_CWORD=%d; _complete_nextstep; echo \"${COMPREPLY[@]}\""
                                    .formatted(script, entry.getKey(), words.length)))
                    .as(entry.getKey())
                    .contains(entry.getValue());
        }
    }

    @Test
    void bashCompletesValues() throws Exception {
        var script = Files.writeString(
                folder.resolve("nextstep.bash"), Cli.run("completion", "bash").out());
        assertThat(bash("source %s; COMP_WORDS=(nextstep convert --type ''); COMP_CWORD=3; _complete_nextstep; "
                                .formatted(script)
                        + "echo \"${COMPREPLY[@]}\""))
                .contains("fp16", "bf16", "same")
                .doesNotContain("AS_IS");
    }

    @Test
    void zshTakesTheSameScript() throws IOException, InterruptedException {
        var script = Files.writeString(
                folder.resolve("nextstep.zsh"), Cli.run("completion", "zsh").out());
        assertThat(script).content().contains("bashcompinit", "tokenize");
        assertThat(run(program("zsh"), "-fc", "source " + script + "; print -r -- $_comps[nextstep]"))
                .as("what completes nextstep")
                .contains("_complete_nextstep");
    }

    @Test
    void fishCompletesCommandsOptionsAndValues() throws IOException, InterruptedException {
        var fish = program("fish");
        var script = Files.writeString(
                folder.resolve("nextstep.fish"), Cli.run("completion", "fish").out());
        Files.createFile(folder.resolve("source.png"));
        assertThat(run(fish, "--no-config", "--no-execute", script.toString())).isEmpty();
        var root = Main.commandLine();
        var complete = Main.commandLine();
        Elsewhere.addTo(complete);
        var names = complete.getSubcommands().keySet();

        assertThat(fish(fish, script, "nextstep ")).containsExactlyInAnyOrderElementsOf(names);
        assertThat(fish(fish, script, "nextstep to")).containsExactly("tokenize");
        assertThat(fish(fish, script, "nextstep --debug to")).containsExactly("tokenize");
        assertThat(fish(fish, script, "nextstep help ")).containsExactlyInAnyOrderElementsOf(names);
        root.getSubcommands().forEach((name, command) -> {
            var options = command.getCommandSpec().options().stream()
                    .filter(o -> !o.hidden())
                    .map(OptionSpec::longestName)
                    .filter(o -> o.startsWith("--"))
                    .toList();
            assertThat(fish(fish, script, "nextstep " + name + " --")).containsAll(options);
        });
        assertThat(fish(fish, script, "nextstep generate write --max"))
                .as("a prompt is no command")
                .isEmpty();
        assertThat(fish(fish, script, "nextstep generate --no-")).contains("--no-norm-limit", "--no-use-norm");

        assertThat(fish(fish, script, "nextstep generate --sampler "))
                .containsExactlyInAnyOrder("s1", "s2", "sde", "cps", "ode", "heun", "midpoint");
        assertThat(fish(fish, script, "nextstep generate --guidance-schedule linear-"))
                .containsExactlyInAnyOrder("linear-decreasing", "linear-increasing");
        assertThat(fish(fish, script, "nextstep edit --format=j")).containsExactly("--format=jpg");
        assertThat(fish(fish, script, "nextstep convert --type "))
                .containsExactlyInAnyOrder("fp32", "fp16", "bf16", "same");
        assertThat(fish(fish, script, "nextstep completion ")).containsExactlyInAnyOrder("bash", "zsh", "fish");
        assertThat(fish(fish, script, "nextstep generate --steps ")).isEmpty();
        assertThat(fish(fish, script, "nextstep generate ")).isEmpty();
        for (var files : List.of("edit -i ", "generate --from ", "generate --out ", "reconstruct ", "inspect ")) {
            assertThat(fish(fish, script, "nextstep " + files + "sou"))
                    .as(files)
                    .containsExactly("source.png");
        }
    }

    /** What fish offers behind a command line. */
    private List<String> fish(String fish, Path script, String line) {
        try {
            return run(fish, "--no-config", "-c", "source %s; complete -C '%s'".formatted(script, line))
                    .lines()
                    .map(l -> l.replaceFirst("\t.*", ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What every name on offer means is also read: nobody completes to an error. */
    @Test
    void offeredValuesAreAccepted() {
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            for (var option : command.getCommandSpec().options()) {
                if (option.completionCandidates() == null) {
                    continue;
                }
                for (var value : option.completionCandidates()) {
                    var parsed = new CommandLine(CommandSpec.create()
                            .addOption(
                                    OptionSpec.builder(option).required(false).build()));
                    Numbers.register(parsed).setCaseInsensitiveEnumValuesAllowed(true);
                    assertThatCode(() -> parsed.parseArgs(option.longestName(), value))
                            .as("%s %s %s", name, option.longestName(), value)
                            .doesNotThrowAnyException();
                }
            }
        });
    }

    @Test
    void unknownShellIsAUsageError() {
        var result = Cli.run("completion", "tcsh");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).hasLineCount(1).contains("tcsh", "bash", "fish");
    }
}
