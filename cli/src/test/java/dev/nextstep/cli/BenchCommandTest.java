package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.tensor.DataType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @CsvSource({"q4_0, Q4_0", "q4_k, Q4_K", "q8_0, Q8_0", "fp16, F16"})
    void aRandomModelDraws(String format, DataType type) {
        var model = folder.resolve("m");
        var made = Cli.run(
                "bench",
                "make-model",
                "--shape",
                "tiny",
                "--to",
                format,
                "--out",
                model.toString(),
                "--tokenizer",
                Cli.MODEL.toString());
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out()).hasLineCount(1).contains("random weights");
        try (var opened = ModelDirectory.open(model)) {
            assertThat(opened.tensors()
                            .find("layers.1.mlp.down_proj.weight")
                            .orElseThrow()
                            .type())
                    .isEqualTo(type);
            float[] values = opened.tensors()
                    .find("layers.1.mlp.down_proj.weight")
                    .orElseThrow()
                    .toFloats();
            double squares = 0;
            for (float v : values) {
                squares += (double) v * v;
            }
            assertThat(Math.sqrt(squares / values.length)).isBetween(0.012, 0.03);
        }
        var drawn = Cli.run(
                "generate",
                "x",
                "--model",
                model.toString(),
                "--size",
                "32x32",
                "--steps",
                "2",
                "--seed",
                "1",
                "--out",
                folder.resolve("x.png").toString());
        assertThat(drawn.code()).as(drawn.err()).isZero();
        assertThat(folder.resolve("x.png")).isNotEmptyFile();
    }

    @Test
    void wrongUse() {
        assertThat(Cli.run("bench").err()).hasLineCount(1).contains("which command");
        var shape = Cli.run(
                "bench",
                "make-model",
                "--shape",
                "9t",
                "--out",
                folder.resolve("m").toString());
        assertThat(shape.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(shape.err()).contains("9t", "14b, 3b, tiny");
        var taken = Cli.run("bench", "make-model", "--shape", "tiny", "--out", folder.toString());
        assertThat(taken.code()).isEqualTo(ExitCode.FAILURE.number());
        assertThat(taken.err()).contains("--force");
    }
}
