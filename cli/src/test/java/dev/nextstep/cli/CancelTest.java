package dev.nextstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C on the real command, as a process of its own through the launcher. */
@DisabledOnOs(OS.WINDOWS)
class CancelTest {
    // Tests that run in the background of a shell inherit an ignored SIGINT, and so would the command. Where env cannot
    // give the signal its meaning back, such a run fails; in the foreground it works anyhow.
    private static final List<String> DEFAULT_INTERRUPT = defaultInterrupt();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static List<String> defaultInterrupt() {
        var reset = List.of("env", "--default-signal=INT");
        var trial = new ArrayList<>(reset);
        trial.add("true");
        try {
            boolean known = new ProcessBuilder(trial)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
            return known ? reset : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private Process start(Map<String, String> more, String... args) throws IOException {
        var root = Path.of(System.getProperty("project.root"));
        var words = new ArrayList<>(DEFAULT_INTERRUPT);
        words.add(root.resolve("nextstep").toString());
        words.addAll(List.of(args));
        var builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        var environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("HOME", folder.toString());
        environment.put("NEXTSTEP_CLASSPATH", System.getProperty("java.class.path"));
        environment.put("NEXTSTEP_JAVA_HOME", System.getProperty("java.home"));
        environment.putAll(more);
        return builder.start();
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file), UTF_8);
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private int end(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue();
    }

    @Test
    void drawingStopsAndSaysHowToDrawIt() throws Exception {
        var process = start(
                Map.of("NEXTSTEP_CACHE", folder.resolve("cache").toString()),
                "generate",
                "it's a heart",
                "--steps",
                "600",
                "--size",
                "256x256",
                "--out",
                "heart.png");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!text("err.txt").contains("drawing") && System.nanoTime() < deadline) {
            Thread.sleep(100); // the first line of progress shows that it draws
        }
        interrupt(process);
        assertThat(end(process)).as(text("err.txt")).isEqualTo(ExitCode.CANCELLED.number());
        assertThat(text("err.txt").lines().toList().getLast())
                .matches("nextstep: cancelled; to draw it: \\./nextstep generate --seed \\d+ 'it'\\\\''s a heart'"
                        + " --steps 600 --size 256x256 --out heart.png");
        assertThat(text("out.txt")).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .as("no half file")
                    .containsExactlyInAnyOrder("out.txt", "err.txt", "cache");
        }
    }

    @Test
    void pullingStopsAndGoesOnLater() throws Exception {
        try (var hub =
                new SmallHub().file("config.json", "{}".getBytes(UTF_8)).file("model.safetensors", new byte[100_000])) {
            var environment = Map.of(
                    "HF_ENDPOINT", hub.endpoint().toString(),
                    "HF_HUB_CACHE", folder.resolve("hub").toString());
            hub.stall = true;
            var process = start(environment, "pull", SmallHub.REPOSITORY);
            assertThat(hub.stalled.await(60, TimeUnit.SECONDS)).isTrue();
            interrupt(process);
            assertThat(end(process)).as(text("err.txt")).isEqualTo(ExitCode.CANCELLED.number());
            assertThat(text("err.txt")).contains("cancelled; what was fetched is kept");
            hub.stall = false;
            assertThat(end(start(environment, "pull", SmallHub.REPOSITORY)))
                    .as(text("err.txt"))
                    .isZero();
            assertThat(text("out.txt")).contains("use it: ./nextstep generate --model acme/tiny");
        }
    }
}
