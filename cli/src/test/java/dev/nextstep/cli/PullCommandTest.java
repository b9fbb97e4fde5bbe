package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.checkpoint.CheckpointException;
import dev.nextstep.hub.HubAccess;
import dev.nextstep.hub.HubException;
import dev.nextstep.hub.HubSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** {@code pull} against a hub on this machine that misbehaves. */
class PullCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path cache;

    private HubSettings settings(SmallHub hub) {
        return new HubSettings(hub.endpoint(), Optional.empty(), cache, HubAccess.ONLINE, 4, 2);
    }

    private static SmallHub hub() throws IOException {
        return new SmallHub()
                .file("config.json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .file("nextstep.json", "{ }".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .file("model.safetensors", new byte[50_000])
                .file("modeling.py", new byte[10]);
    }

    private Commanded pull(SmallHub hub, String... more) {
        var out = new StringWriter();
        var err = new StringWriter();
        var words = new ArrayList<String>(List.of("pull-here", SmallHub.REPOSITORY));
        words.addAll(List.of(more));
        CommandLine commands = Main.commandLine();
        commands.addSubcommand("pull-here", new PullCommand(() -> settings(hub)));
        int code = Main.run(
                commands, new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
        return new Commanded(code, out.toString(), err.toString());
    }

    private Path snapshot() {
        return cache.resolve("models--acme--tiny/snapshots/" + SmallHub.COMMIT);
    }

    @Test
    void fetchesAModelWithoutItsProgramsAndSaysHowToUseIt() throws IOException {
        try (var hub = hub()) {
            var done = pull(hub);
            assertThat(done.code()).as(done.err()).isZero();
            assertThat(done.out().lines())
                    .containsExactly(
                            snapshot().toString(), "use it: ./nextstep generate --model acme/tiny \"a red heart\"");
            assertThat(done.err()).contains("pulling").contains("48.8 KiB");
            assertThat(snapshot().resolve("model.safetensors")).exists();
            assertThat(snapshot().resolve("nextstep.json")).exists();
            assertThat(snapshot().resolve("modeling.py")).doesNotExist();
            int bodies = hub.bodies.get();
            assertThat(pull(hub).code()).isZero();
            assertThat(hub.bodies).as("nothing is fetched twice").hasValue(bodies);
            assertThat(pull(hub, "--offline").out()).startsWith(snapshot().toString());
            assertThat(pull(hub, "--offline", "--json").out())
                    .contains(
                            "\"repository\" : \"acme/tiny\"",
                            "\"is_model\" : true",
                            snapshot().toString());
        }
    }

    @Test
    void goesOnAfterABrokenConnectionAndSaysSo() throws IOException {
        try (var hub = hub()) {
            hub.drops.set(1);
            var done = pull(hub, "--parallel", "1");
            assertThat(done.code()).as(done.err()).isZero();
            assertThat(done.err()).contains("nextstep: model.safetensors: ", "; again in ");
            assertThat(Files.size(snapshot().resolve("model.safetensors"))).isEqualTo(50_000);
        }
    }

    @Test
    void patternsChooseFiles() throws IOException {
        try (var hub = hub()) {
            var done = pull(hub, "--include", "**", "--exclude", "*.safetensors");
            assertThat(done.code()).as(done.err()).isZero();
            assertThat(snapshot().resolve("modeling.py")).exists();
            assertThat(snapshot().resolve("model.safetensors")).doesNotExist();
            var none = pull(hub, "--include", "nothing");
            assertThat(none.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        }
    }

    @ParameterizedTest
    @CsvSource({"401, 3", "403, 3", "404, 3", "500, 1"})
    void refusalsAreOneLineAndACode(int status, int code) throws IOException {
        try (var hub = hub()) {
            hub.refuseWith = status;
            var done = pull(hub);
            assertThat(done.code()).as(done.err()).isEqualTo(code);
            assertThat(done.out()).isEmpty();
            assertThat(done.err().lines().toList().getLast()).startsWith("nextstep: ");
        }
    }

    @Test
    void wrongBytesAreNotTakenAndOfflineSaysWhatIsMissing() throws IOException {
        try (var hub = hub()) {
            assertThat(pull(hub, "--offline").code()).isEqualTo(ExitCode.BAD_INPUT.number());
            hub.lie = true;
            var done = pull(hub);
            assertThat(done.code()).as(done.err()).isEqualTo(ExitCode.FAILURE.number());
            assertThat(snapshot().resolve("model.safetensors")).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonHasACode(HubException.Reason reason) {
        var failure = Failure.of(new HubException(reason, "a\nb"));
        assertThat(failure.code()).isIn(ExitCode.BAD_INPUT, ExitCode.FAILURE);
        assertThat(failure.message()).isEqualTo("a; b");
    }

    @Test
    void modelsAreFoundInTheCacheByName() throws IOException {
        try (var hub = hub()) {
            var locator = new ModelLocator(settings(hub));
            assertThatThrownBy(() -> locator.find("acme/tiny"))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("nextstep pull acme/tiny");
            assertThat(pull(hub).code()).isZero();
            assertThat(locator.find("acme/tiny")).isEqualTo(snapshot());
            assertThat(locator.find("acme/tiny@" + SmallHub.COMMIT)).isEqualTo(snapshot());
            assertThat(locator.find(cache.toString())).isEqualTo(cache);
            assertThat(locator.find("./acme/tiny")).isEqualTo(Path.of("./acme/tiny"));
        }
    }
}
