package dev.nextstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nextstep.cli.BadInput.Way;
import dev.nextstep.image.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the command answers to bad inputs, in this JVM and through the real launcher: the exit code, one line that says what
 * is wrong where, no stack trace, and no half-written file.
 *
 * <p>{@code -Derrors.table=FILE} writes the table of {@code docs/errors.md}.
 */
@DisabledOnOs(OS.WINDOWS)
class ErrorsTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final int NOT_POSSIBLE_HERE = 77;
    private static final int LONGEST_LINE = 700;
    private static final Map<String, String> MESSAGES = new ConcurrentHashMap<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    static Stream<BadInput> here() {
        return BadInputs.all().stream().filter(c -> c.way() != Way.LAUNCHER);
    }

    static Stream<BadInput> launched() {
        return BadInputs.all().stream().filter(c -> c.way() != Way.HERE);
    }

    @ParameterizedTest
    @MethodSource("here")
    void inThisJvm(BadInput bad) throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        var arguments = bad.command().arguments(folder);
        check(bad, out, Cli.run(arguments.toArray(String[]::new)));
    }

    @ParameterizedTest
    @MethodSource("launched")
    void throughTheLauncher(BadInput bad) throws IOException, InterruptedException {
        Path out = Files.createDirectory(folder.resolve("out"));
        var result = run(bad.command().arguments(folder), "");
        assumeTrue(result.code() != NOT_POSSIBLE_HERE, "this system does not let a test mount a small disk");
        check(bad, out, result);
    }

    /** The limit of the heap is real: the refusal comes before the work, with the arithmetic. */
    @Test
    void littleMemoryIsRefusedBeforeStarting() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        var bad = new BadInput(
                "Sizes", "", ExitCode.NO_MEMORY, List.of("needs", "free", "="), Way.LAUNCHER, f -> List.of());
        var arguments = List.of(
                "generate",
                "a heart",
                "--model",
                Cli.MODEL.toString(),
                "--size",
                "1024x1024",
                "--out",
                out.resolve("heart.png").toString());
        check(bad, out, run(arguments, "-Xmx64m"));
    }

    /** Killed at any moment, the target is the old picture or the new one. */
    @Test
    void aKilledProcessLeavesNoHalfPicture() throws Exception {
        Path out = Files.createDirectory(folder.resolve("out"));
        Path target = out.resolve("heart.png");
        Files.write(target, BadPictures.goodPng());
        byte[] before = Files.readAllBytes(target);
        var arguments = List.of(
                "generate",
                "a heart",
                "--model",
                Cli.MODEL.toString(),
                "--size",
                "64x64",
                "--steps",
                "2",
                "--out",
                target.toString());
        var process = start(arguments, "");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (process.isAlive() && System.nanoTime() < deadline) { // the file beside the target is being written
            String[] names = out.toFile().list();
            if (names != null && List.of(names).stream().anyMatch(n -> n.startsWith(".heart.png."))) {
                break;
            }
            Thread.onSpinWait();
        }
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        var after = new PictureReader().read(target);
        if (!java.util.Arrays.equals(before, Files.readAllBytes(target))) {
            assertThat(after.width()).isEqualTo(64);
        }
        assertThat(run(arguments, "").code()).as("works again").isZero();
    }

    @Test
    void theStackTraceIsBehindDebug() {
        var result = Cli.run("inspect", folder.resolve("nowhere").toString(), "--debug");
        assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(result.err()).contains("nextstep: ", "\tat dev.nextstep");
    }

    @Test
    void theDocumentListsEveryCase() throws IOException {
        var all = BadInputs.all();
        assertThat(all).hasSizeGreaterThanOrEqualTo(60);
        assertThat(all.stream().map(BadInput::toString)).doesNotHaveDuplicates();
        String text = Files.readString(ROOT.resolve("docs/errors.md"), UTF_8);
        for (var bad : all) {
            assertThat(text).contains("\n" + rowStart(bad));
        }
    }

    private static void check(BadInput bad, Path out, Cli.Result result) throws IOException {
        assertThat(result.code()).as("%s", result.err()).isEqualTo(bad.code().number());
        var lines = result.err()
                .lines()
                .filter(l -> !l.startsWith("nextstep: drawing: ")) // on a slow machine
                .toList();
        assertThat(result.err() + result.out()).doesNotContain("Exception", "\tat ", "dev.nextstep.");
        if (bad.code() == ExitCode.OK) {
            assertThat(lines).allMatch(l -> l.startsWith("nextstep: "));
        } else {
            assertThat(lines)
                    .singleElement()
                    .asString()
                    .startsWith("nextstep: ")
                    .contains(bad.says());
            assertThat(lines.getFirst()).hasSizeLessThan(LONGEST_LINE).doesNotContain("null");
        }
        try (var files = Files.list(out)) {
            for (var file : files.toList()) {
                assertThat(bad.code()).as("a failure left %s", file).isEqualTo(ExitCode.OK);
                new PictureReader().read(file); // whole, and nothing beside it
                assertThat(file.getFileName().toString()).isEqualTo("heart.png");
            }
        }
        MESSAGES.putIfAbsent(
                bad.toString(),
                lines.isEmpty()
                        ? ""
                        : lines.getFirst()
                                .replace(out.getParent() + "/", "")
                                .replace(ROOT + "/", "")
                                .replaceAll("\\p{Cntrl}", "?"));
    }

    private Cli.Result run(List<String> arguments, String javaOptions) throws IOException, InterruptedException {
        var process = start(arguments, javaOptions);
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Cli.Result(
                process.exitValue(),
                Files.readString(folder.resolve("stdout.txt"), UTF_8),
                Files.readString(folder.resolve("stderr.txt"), UTF_8));
    }

    private Process start(List<String> arguments, String javaOptions) throws IOException {
        var command = new ArrayList<String>();
        String first = arguments.getFirst();
        if (first.startsWith(BadInputs.SHELL)) {
            command.addAll(List.of("/bin/sh", "-c", first.substring(BadInputs.SHELL.length())));
        }
        command.add(ROOT.resolve("nextstep").toString());
        command.addAll(arguments.subList(command.size() > 1 ? 1 : 0, arguments.size()));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.resolve("stdout.txt").toFile())
                .redirectError(folder.resolve("stderr.txt").toFile());
        var environment = new TreeMap<String, String>();
        environment.put("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
        environment.put("NEXTSTEP_CLASSPATH", System.getProperty("java.class.path"));
        environment.put("NEXTSTEP_JAVA_HOME", System.getProperty("java.home"));
        if (!javaOptions.isEmpty()) {
            environment.put("NEXTSTEP_JAVA_OPTS", javaOptions);
        }
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String rowStart(BadInput bad) {
        return "| %s | %d |".formatted(bad.input(), bad.code().number());
    }

    @AfterAll
    static void writeTheTable() throws IOException {
        String file = System.getProperty("errors.table");
        if (file == null) {
            return;
        }
        var text = new StringBuilder();
        String group = "";
        for (var bad : BadInputs.all()) {
            if (!bad.group().equals(group)) {
                group = bad.group();
                text.append("\n## %s\n\n| input | exit code | what the user sees |\n|---|---|---|\n".formatted(group));
            }
            String message = MESSAGES.getOrDefault(bad.toString(), "");
            text.append(rowStart(bad))
                    .append(message.isEmpty() ? " a picture |" : " `" + message.replace("|", "\\|") + "` |")
                    .append('\n');
        }
        Files.writeString(Path.of(file), text.toString(), UTF_8);
    }
}
