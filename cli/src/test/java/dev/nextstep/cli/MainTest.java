package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.tensor.TensorException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

/** The command in this JVM: what it prints where, and what it tells the shell. */
class MainTest {

    private record Result(int code, String out, String err) {}

    private static Result run(String... args) {
        return run(() -> ExitCode.OK.number(), args);
    }

    /** Runs with one more command, {@code probe}, that does what is given. */
    private static Result run(Callable<Integer> action, String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var commands = Main.commandLine().addSubcommand(new Probe(action));
        int code = Main.run(commands, new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Result(code, out.toString(), err.toString());
    }

    @Command(name = "probe")
    private record Probe(Callable<Integer> action) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            return action.call();
        }
    }

    @Test
    void versionNamesProgramJavaAndVectors() {
        var result = run("--version");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .containsPattern("nextstep \\d+\\.\\d+\\.\\d+\\R")
                .contains("Java " + Runtime.version())
                .containsPattern("\\d+-bit vectors \\(\\d+ floats\\)");
    }

    @Test
    void helpGoesToStandardOutput() {
        var result = run("--help");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("Usage: nextstep").contains("Examples:", "--debug", "Commands:");
    }

    @Test
    void nothingToDoIsAUsageError() {
        var result = run();
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).hasLineCount(1).startsWith("nextstep: ").contains("--help");
    }

    @Test
    void wrongOptionIsOneLineWithASuggestion() {
        var result = run("--verson");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).hasLineCount(1).startsWith("nextstep: ").contains("'--verson'", "--version?");
    }

    @Test
    void usageErrorOfACommandNamesThatCommand() {
        assertThat(run("probe", "--nope").err()).hasLineCount(1).contains("nextstep probe --help");
    }

    @Test
    void lostOutputIsAFailure() {
        var full = new PrintWriter(new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException("no space left");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        var err = new StringWriter();
        assertThat(Main.run(full, new PrintWriter(err, true), "--version")).isEqualTo(ExitCode.FAILURE.number());
        assertThat(err.toString()).hasLineCount(1).contains("standard output");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new TensorException("model.safetensors: lacks x"), ExitCode.BAD_INPUT, "lacks x"),
                Arguments.of(new NoSuchFileException("cat.png"), ExitCode.BAD_INPUT, "cat.png: no such file"),
                Arguments.of(
                        new UncheckedIOException(new NoSuchFileException("cat.png")),
                        ExitCode.BAD_INPUT,
                        "cat.png: no such file"),
                Arguments.of(new IOException("disk\nfull"), ExitCode.FAILURE, "disk; full"),
                Arguments.of(new CancellationException(), ExitCode.CANCELLED, "cancelled"),
                Arguments.of(new OutOfMemoryError("Java heap space"), ExitCode.NO_MEMORY, "out of memory"),
                Arguments.of(new IllegalStateException(), ExitCode.FAILURE, "IllegalStateException"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureIsOneLineAndACode(Throwable thrown, ExitCode code, String text) {
        Callable<Integer> failing = () -> {
            switch (thrown) {
                case Exception e -> throw e;
                case Error e -> throw e;
                default -> throw new AssertionError(thrown);
            }
        };
        var result = run(failing, "probe");
        assertThat(result.code()).isEqualTo(code.number());
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).hasLineCount(1).startsWith("nextstep: ").contains(text);

        var debug = run(failing, "probe", "--debug");
        assertThat(debug.code()).isEqualTo(code.number());
        assertThat(debug.err()).startsWith("nextstep: ").contains("\tat dev.nextstep.cli.MainTest");
    }
}
