package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.tensor.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeCommandTest {
    private static final String MODEL = Cli.MODEL.toString();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private DataType typeOf(String model, String tensor) {
        try (var opened = ModelDirectory.open(folder.resolve(model))) {
            return opened.tensors().find(tensor).orElseThrow().type();
        }
    }

    @Test
    void everyCommandTakesAQuantisedModel() {
        var result = Cli.run("quantize", MODEL, "--to", "q8_0", "--out", at("m"));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).hasLineCount(1).contains(" MB instead of ", " in q8_0", "read back");

        String model = at("m");
        var drawn = Cli.run("generate", "a red heart", "--seed", "1", "--model", model, "--out", at("heart.png"));
        assertThat(drawn.code()).as(drawn.err()).isZero();
        assertThat(folder.resolve("heart.png")).isNotEmptyFile();
        var edited = Cli.run(
                "edit",
                "-i",
                at("heart.png"),
                "blue",
                "--steps",
                "2",
                "--seed",
                "1",
                "--model",
                model,
                "--out",
                at("blue.png"));
        assertThat(edited.code()).as(edited.err()).isZero();
        assertThat(Cli.run("write", "a red", "--max-tokens", "3", "--model", model)
                        .code())
                .isZero();
        var inspected = Cli.run("inspect", model);
        assertThat(inspected.code()).isZero();
        assertThat(inspected.out()).contains("Stored types", "Q8_0", "quantize --to q4_k");
        var file = Cli.run("inspect", at("m/model.gguf"), "--tensors");
        assertThat(file.code()).isZero();
        assertThat(file.out()).contains("general.architecture", "nextstep.format.layers", "Q8_0 [");
        assertThat(Cli.run("reconstruct", at("heart.png"), "--model", model, "--out", at("kept.png"))
                        .code())
                .isZero();
        var chat = Cli.feeding(
                "a dog\n/draw 32x32\n", () -> Cli.run("chat", "--seed", "7", "--model", model, "--out-dir", at("")));
        assertThat(chat.code()).as(chat.err()).isZero();
        assertThat(folder.resolve("chat-1.png")).isNotEmptyFile();
    }

    @Test
    void partsCanHaveFormatsOfTheirOwn() {
        var result = Cli.run(
                "quantize",
                MODEL,
                "--to",
                "q4_0",
                "--out",
                at("m"),
                "--head",
                "q8_0",
                "--projectors",
                "fp32",
                "--embeddings",
                "q4_0",
                "--lm-head",
                "bf16",
                "--vae",
                "fp32",
                "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("\"bytes_before\"", "\"q4_0\"", "\"target\"");
        assertThat(typeOf("m", "layers.0.mlp.up_proj.weight")).isEqualTo(DataType.Q4_0);
        assertThat(typeOf("m", "image_head.net.cond_embed.weight")).isEqualTo(DataType.Q8_0);
        assertThat(typeOf("m", "image_out_projector.weight")).isEqualTo(DataType.F32);
        assertThat(typeOf("m", "embed_tokens.weight")).isEqualTo(DataType.Q4_0);
        assertThat(typeOf("m", "lm_head.weight")).isEqualTo(DataType.BF16);
        try (var opened = ModelDirectory.open(folder.resolve("m"))) {
            assertThat(opened.vae()
                            .tensors()
                            .find("decoder.conv_in.weight")
                            .orElseThrow()
                            .type())
                    .isEqualTo(DataType.F32);
        }
    }

    @Test
    void theTargetIsNamedAfterTheModelAndSafe() throws IOException {
        var copy = folder.resolve("emoji");
        assertThat(Cli.run("convert", MODEL, copy.toString()).code()).isZero();
        assertThat(Cli.run("quantize", copy.toString(), "--to", "q4_k").code()).isZero();
        assertThat(folder.resolve("emoji-q4_k/model.gguf")).exists();
        var refused = Cli.run("quantize", copy.toString(), "--to", "q4_k");
        assertThat(refused.code()).isEqualTo(ExitCode.FAILURE.number());
        assertThat(refused.err()).hasLineCount(1).contains("exists already", "--force");
        assertThat(Cli.run("quantize", copy.toString(), "--to", "q4_k", "--force")
                        .code())
                .isZero();
        var itself = Cli.run("quantize", copy.toString(), "--to", "q4_k", "--out", copy.toString());
        assertThat(itself.code()).isEqualTo(ExitCode.USAGE.number());
        try (var left = Files.list(folder)) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("emoji", "emoji-q4_k");
        }
    }

    @Test
    void aQuantisedModelIsConvertedBothWays() {
        assertThat(Cli.run("quantize", MODEL, "--to", "q4_k", "--out", at("m")).code())
                .isZero();
        var again = Cli.run("quantize", at("m"), "--to", "q8_0", "--out", at("n"));
        assertThat(again.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(again.err()).hasLineCount(1).contains("already");

        assertThat(Cli.run("convert", at("m"), at("same")).code()).isZero();
        assertThat(folder.resolve("same/model.gguf")).exists();
        // Rows of this one are a multiple of 256 long in the model that ships.
        assertThat(typeOf("same", "layers.0.mlp.down_proj.weight")).isEqualTo(DataType.Q4_K);
        assertThat(Cli.run("convert", at("m"), at("wide"), "--type", "fp16").code())
                .isZero();
        assertThat(folder.resolve("wide/model.safetensors")).exists();
        assertThat(typeOf("wide", "layers.0.mlp.up_proj.weight")).isEqualTo(DataType.F16);
    }

    @Test
    void wrongUse() {
        assertThat(Cli.run("quantize", at("none"), "--to", "q8_0").code()).isEqualTo(ExitCode.BAD_INPUT.number());
        var format = Cli.run("quantize", MODEL, "--to", "q5_1", "--out", at("m"));
        assertThat(format.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(format.err()).hasLineCount(1).contains("q5_1", "q4_k");
        var plain = Cli.run("quantize", MODEL, "--to", "fp16", "--out", at("m"));
        assertThat(plain.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(plain.err()).hasLineCount(1).contains("convert --type fp16");
        var noFolder = Cli.run("quantize", MODEL, "--to", "q8_0", "--out", at("no/such/m"));
        assertThat(noFolder.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(folder).isEmptyDirectory();
    }
}
