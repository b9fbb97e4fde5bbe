package dev.nextstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.Recipe;
import dev.nextstep.Snapshot;
import dev.nextstep.image.PictureTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
        return start("/dev/null", more, args);
    }

    private Process start(String input, Map<String, String> more, String... args) throws IOException {
        var root = Path.of(System.getProperty("project.root"));
        var words = new ArrayList<>(DEFAULT_INTERRUPT);
        words.add(root.resolve("nextstep").toString());
        words.addAll(List.of(args));
        var builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(
                        ProcessBuilder.Redirect.from(folder.resolve(input).toFile()))
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
        await(() -> text("err.txt").contains("drawing")); // the first line of progress shows that it draws
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
    void whatIsInterruptedIsKept() throws Exception {
        var cache = Map.of("NEXTSTEP_CACHE", folder.resolve("cache").toString());
        String[] drawing = {"generate", "a heart", "--seed", "7", "--steps", "600", "--size", "256x256"};
        var process = start(cache, with(drawing, "--snapshot", "heart.snapshot"));
        await(() -> text("err.txt").contains("drawing"));
        interrupt(process);
        assertThat(end(process)).as(text("err.txt")).isEqualTo(ExitCode.CANCELLED.number());
        var told = text("err.txt").lines().toList();
        assertThat(told)
                .anyMatch(line -> line.matches("heart\\.snapshot: 1 picture, \\d+ of 16 rows; to go on: "
                        + "\\./nextstep resume heart\\.snapshot"));
        assertThat(told.getLast()).isEqualTo("nextstep: cancelled");
        assertThat(folder.resolve("nextstep.png")).doesNotExist();
        int drawn = Snapshot.read(folder.resolve("heart.snapshot")).tokens(0);
        assertThat(drawn).isBetween(1, 255);
        assertThat(end(start(cache, "resume", "heart.snapshot", "--steps", "2", "--out", "heart.png")))
                .as(text("err.txt"))
                .isZero();
        var recipe = Recipe.of(PictureTexts.read(folder.resolve("heart.png"))).orElseThrow();
        assertThat(recipe.settings().steps()).isEqualTo(600);
        assertThat(recipe.rerolls().getFirst().token()).isEqualTo(drawn);
    }

    /** Each process begins with nothing but the file. */
    @Test
    void anotherProcessGoesOnToTheSameFile() throws Exception {
        var cache = Map.of("NEXTSTEP_CACHE", folder.resolve("cache").toString());
        String[] drawing = {"generate", "a heart", "--seed", "7", "--steps", "3"};
        for (var words : List.of(
                with(drawing, "--out", "heart.png"),
                with(drawing, "--pause-after", "2", "--snapshot", "heart.snapshot"),
                with(new String[] {"resume", "heart.snapshot", "--out", "resumed.png"}))) {
            assertThat(end(start(cache, words))).as(text("err.txt")).isZero();
        }
        assertThat(folder.resolve("resumed.png")).hasSameBinaryContentAs(folder.resolve("heart.png"));
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void afterAGroupOnlyTheRestIsNamed() throws Exception {
        var process = start(
                Map.of("NEXTSTEP_CACHE", folder.resolve("cache").toString()),
                "generate",
                "a heart",
                "-n",
                "500",
                "--seed",
                "7",
                "--steps",
                "2",
                "--guidance",
                "1",
                "--size",
                "32x32",
                "--out",
                "{index}");
        await(() -> text("out.txt").lines().count() >= 64);
        interrupt(process);
        assertThat(end(process)).as(text("err.txt")).isEqualTo(ExitCode.CANCELLED.number());
        int written = (int) text("out.txt").lines().count();
        assertThat(written).isBetween(64, 499);
        assertThat(text("err.txt").lines().toList().getLast())
                .isEqualTo("nextstep: cancelled, %d of 500 pictures are written; to draw the rest: ./nextstep generate"
                                .formatted(written)
                        + " --seed 7 --index %d -n %d 'a heart' --steps 2 --guidance 1 --size 32x32 --out '{index}'"
                                .formatted(written, 500 - written));
        assertThat(folder.resolve("%d.png".formatted(written - 1))).exists();
        assertThat(folder.resolve("%d.png".formatted(written))).doesNotExist();
    }

    @Test
    void convertingLeavesNothing() throws Exception {
        var process = start(Map.of(), "convert", Cli.MODEL.toString(), "converted", "--type", "fp32", "--debug");
        await(() -> !process.isAlive() || hasFile(".converted.tmp"));
        interrupt(process);
        int code = end(process);
        var names = List.of(Objects.requireNonNull(folder.toFile().list()));
        assertThat(names).as(text("err.txt")).noneMatch(n -> n.startsWith("."));
        if (names.contains("converted")) { // it was faster
            assertThat(code).isIn(ExitCode.OK.number(), ExitCode.CANCELLED.number());
            assertThat(Cli.run("inspect", folder.resolve("converted").toString())
                            .code())
                    .isZero();
        } else {
            assertThat(code).isEqualTo(ExitCode.CANCELLED.number());
            assertThat(text("err.txt")).contains("nextstep: cancelled; nothing of it is left");
        }
    }

    @Test
    void writingAndTalkingSayThatTheyWereStopped() throws Exception {
        var writing = start(Map.of(), "write", "a", "--max-tokens", "500", "--temperature", "90");
        await(() -> !text("out.txt").isEmpty());
        interrupt(writing);
        assertThat(end(writing)).isEqualTo(ExitCode.CANCELLED.number());
        assertThat(text("err.txt")).isEqualTo("nextstep: cancelled; the same command writes the same text again\n");

        Files.writeString(folder.resolve("in.txt"), "a heart\n/draw 16x16\n/draw 512x512\n");
        var talking = start("in.txt", Map.of(), "chat", "--seed", "7");
        await(() -> text("out.txt").contains("chat-1.png"));
        interrupt(talking);
        assertThat(end(talking)).isEqualTo(ExitCode.CANCELLED.number());
        assertThat(text("err.txt"))
                .isEqualTo("nextstep: cancelled; drawn: chat-1.png; a conversation cannot be taken up again\n");
        assertThat(folder.resolve("chat-2.png")).doesNotExist();
    }

    private boolean hasFile(String prefix) {
        return Arrays.stream(Objects.requireNonNull(folder.toFile().list())).anyMatch(n -> n.startsWith(prefix));
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertThat(condition.holds()).as("came within a minute").isTrue();
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
