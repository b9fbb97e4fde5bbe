package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.NextStep;
import dev.nextstep.checkpoint.IfExists;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.checkpoint.Safetensors;
import dev.nextstep.checkpoint.SafetensorsWriter;
import dev.nextstep.checkpoint.TaskDefaults;
import dev.nextstep.checkpoint.WeightType;
import dev.nextstep.tensor.DataType;
import dev.nextstep.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    private static final String MODEL = Cli.MODEL.toString();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void modelInAnotherType() {
        var result = Cli.run("convert", MODEL, at("m"), "--type", "bf16");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("opened again");
        try (var model = NextStep.open(folder.resolve("m"));
                var original = NextStep.open(Cli.MODEL)) {
            var tensors = model.parts().directory().tensors();
            assertThat(tensors.names())
                    .allMatch(n -> tensors.find(n).orElseThrow().type() == DataType.BF16);
            assertThat(model.generateDefaults()).isEqualTo(original.generateDefaults());
        }
        assertThat(folder.resolve("m").resolve(TaskDefaults.FILE)).exists();
        assertThat(folder.resolve("m/NOTICE"))
                .as("attribution stays with the weights")
                .exists();
    }

    @Test
    void shardsHoldTheSameWeights() throws IOException {
        assertThat(Cli.run("convert", MODEL, at("m"), "--shard-size", "4MB").code())
                .isZero();
        try (var files = Files.list(folder.resolve("m"))) {
            assertThat(files.filter(f -> f.toString().endsWith(".safetensors")).count())
                    .isGreaterThan(2);
        }
        try (var a = ModelDirectory.open(Cli.MODEL);
                var b = ModelDirectory.open(folder.resolve("m"))) {
            assertThat(b.weightsHash()).isEqualTo(a.weightsHash());
        }
    }

    @Test
    void existingTargetsAreSafe() throws IOException {
        var target = Files.createDirectory(folder.resolve("m"));
        Files.writeString(target.resolve("precious.txt"), "x");
        var refused = Cli.run("convert", MODEL, at("m"));
        assertThat(refused.code()).isEqualTo(ExitCode.FAILURE.number());
        assertThat(refused.err()).hasLineCount(1).contains("exists already", "--force");
        // Not even then: what is no model directory is never replaced.
        assertThat(Cli.run("convert", MODEL, at("m"), "--force").code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(target.resolve("precious.txt")).exists();

        assertThat(Cli.run("convert", MODEL, at("n")).code()).isZero();
        assertThat(Cli.run("convert", MODEL, at("n"), "--force", "--type", "fp32")
                        .code())
                .isZero();
        assertThat(Cli.run("convert", at("n"), at("n"), "--force").code()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void pickleBecomesSafetensors() {
        String pickle = Cli.MODEL.resolve("vae/checkpoint.pt").toString();
        assertThat(Cli.run("convert", pickle, at("vae.safetensors"), "--type", "fp16")
                        .code())
                .isZero();
        try (var written = Safetensors.open(folder.resolve("vae.safetensors"))) {
            assertThat(written.names())
                    .isNotEmpty()
                    .allMatch(n -> written.find(n).orElseThrow().type() == DataType.F16);
        }
        assertThat(Cli.run("convert", pickle, at("other.safetensors"), "--json").out())
                .contains("other.safetensors", "\"tensors\" : 180")
                .containsPattern("\"bytes\" : [0-9]{7}");
        assertThat(Cli.run("convert", pickle, at("vae.bin")).code()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void safetensorsBecomePickleAndComeBack() throws IOException {
        String pickle = Cli.MODEL.resolve("vae/checkpoint.pt").toString();
        assertThat(Cli.run("convert", pickle, at("a.safetensors")).code()).isZero();
        assertThat(Cli.run("convert", at("a.safetensors"), at("b.pt")).code()).isZero();
        assertThat(Cli.run("convert", at("b.pt"), at("c.safetensors")).code()).isZero();
        assertThat(folder.resolve("c.safetensors")).hasSameBinaryContentAs(folder.resolve("a.safetensors"));
    }

    @Test
    void whatATypeCannotHoldIsSaid() {
        var tensor = Tensor.of("large", new float[] {1, 1e6f}, 2);
        SafetensorsWriter.write(
                folder.resolve("a.safetensors"), List.of(tensor), Map.of(), WeightType.AS_IS, IfExists.REFUSE);
        var result = Cli.run("convert", at("a.safetensors"), at("b.safetensors"), "--type", "fp16");
        assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(result.err()).hasLineCount(1).contains("large", "65504");
        assertThat(Cli.run("convert", at("a.safetensors"), at("c.safetensors"), "--type", "bf16")
                        .code())
                .isZero();
    }

    @Test
    void wrongUse() {
        assertThat(Cli.run("convert", at("none"), at("m")).code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(Cli.run("convert", MODEL, at("m"), "--type", "int3").err())
                .hasLineCount(1)
                .contains("int3", "bf16");
        assertThat(Cli.run("convert", MODEL, at("m"), "--shard-size", "large").err())
                .contains("large", "5GB");
        var noFolder = Cli.run("convert", MODEL, at("no/such/m"));
        assertThat(noFolder.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(noFolder.err()).hasLineCount(1).contains("no/such: no such folder; make it first");
        assertThat(folder).isEmptyDirectory();
    }
}
