package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.tensor.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
    void everythingIsMeasuredAndComparedWithTheLastRun() throws Exception {
        var json = folder.resolve("b.json");
        var html = folder.resolve("b.html");
        var history = folder.resolve("h.jsonl");
        var first = quick(
                "--json",
                json.toString(),
                "--html",
                html.toString(),
                "--history",
                history.toString(),
                "--threads",
                "1");
        assertThat(first.out())
                .contains("matrix products", "LM head, ms", "pictures/s", "threads: 1", "a quick run")
                .doesNotContain("compared with", "NaN", "Infinity");
        var report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.at("/machine/threads").asInt()).isEqualTo(1);
        assertThat(report.at("/model/name").asText()).isEqualTo("emoji");
        assertThat(report.get("kernels")).hasSize(6 * 5).allSatisfy(kernel -> {
            assertThat(kernel.at("/seconds/median").asDouble()).isPositive();
            assertThat(kernel.get("share_of_limit").asDouble()).isPositive();
        });
        var length = report.at("/stages/lengths/0");
        assertThat(length.get("tokens").asInt()).isEqualTo(16);
        assertThat(length.get("drawn").asInt()).isEqualTo(16);
        assertThat(length.at("/total_seconds/median").asDouble())
                .isGreaterThan(length.at("/without_flow_head_seconds/median").asDouble());
        assertThat(report.get("batches"))
                .extracting(b -> b.get("pictures").asInt())
                .containsExactly(1, 2);
        assertThat(html).content().contains("<svg", "</html>");
        assertThat(history).content().hasLineCount(1);

        var second = quick("--only", "kernels", "--history", history.toString(), "--threads", "1");
        assertThat(second.out()).contains("compared with", "of 30 measures").doesNotContain("pictures/s");
        assertThat(history).content().hasLineCount(2);
    }

    @Test
    void jsonOnStandardOutputStandsAlone() throws Exception {
        var result = quick("--only", "stages", "--json", "-");
        var report = new ObjectMapper().readTree(result.out());
        assertThat(report.has("stages")).isTrue();
        assertThat(report.has("kernels")).isFalse();
        assertThat(report.has("batches")).isFalse();
    }

    private static Cli.Result quick(String... args) {
        var all = Stream.concat(Stream.of("bench", "--quick"), Stream.of(args)).toArray(String[]::new);
        var result = Cli.onModel(all);
        assertThat(result.code()).as(result.err()).isZero();
        return result;
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingIsMeasured() throws Exception {
        var part = Cli.run("bench", "--only", "kernels,wishes");
        assertThat(part.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(part.err()).contains("wishes", "kernels, stages, batches");
        var place = Cli.run("bench", "--html", folder.resolve("none/b.html").toString());
        assertThat(place.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(place.err()).hasLineCount(1).contains("no such folder");
        var notHistory = Files.writeString(folder.resolve("letter.txt"), "Dear all,\n");
        var history = Cli.run("bench", "--history", notHistory.toString());
        assertThat(history.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(history.err()).hasLineCount(1).contains("letter.txt, line 1");
        assertThat(notHistory).hasContent("Dear all,");
    }

    @Test
    void wrongUse() {
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
