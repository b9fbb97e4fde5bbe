package dev.nextstep.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.shard.ShardOptions;
import dev.nextstep.data.shard.ShardWriter;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose process is killed without warning, again and again, ends with the weights of one that was left alone. */
class KilledRunTest {
    private static final int KILLS = 10;
    private static final long STEPS = 400;

    private static final String RECIPE = """
            kind: tokenizer
            seed: 5
            precision: fp32
            shape: {channels: 32, channel_multipliers: [1, 1], residual_blocks: 1, latent_channels: 4}
            data: {train: [{folder: %s, kind: image_text_pair}]}
            objective: {side: 16, batch: 2, latent_noise: 0.3, l1: 1, mse: 2}
            optimizer:
              ema: 0.99
              groups:
                - {name: matrices, parameters: ["*"], rank: matrices, muon: {learning_rate: 1e-3}}
                - {name: vectors, parameters: ["*"], adamw: {learning_rate: 1e-3}}
            schedule: {warmup: 5, decay: cosine}
            stop: {steps: %d}
            intervals: {log: 50, checkpoint: 20}
            """;

    @TempDir
    Path folder;

    @Test
    void killedTenTimes() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        System.out.println("seed of the moments: " + seed);
        var random = new Random(seed);
        writeShards();
        var recipe = folder.resolve("recipe.yaml");
        Files.writeString(recipe, RECIPE.formatted(folder.resolve("data"), STEPS));

        var whole = folder.resolve("whole");
        assertThat(command("train", "--recipe", recipe.toString(), "--run", whole.toString(), "--threads", "1")
                        .waitFor())
                .isZero();

        var killed = folder.resolve("killed");
        int survived = 0;
        var process = command("train", "--recipe", recipe.toString(), "--run", killed.toString(), "--threads", "1");
        for (int i = 0; i < KILLS; i++) {
            // Long enough to come to training, and sometimes into the middle of writing.
            if (process.waitFor(1500 + random.nextInt(3000), TimeUnit.MILLISECONDS)) {
                survived++;
                break;
            }
            process.destroyForcibly().waitFor();
            process = Files.exists(killed.resolve("recipe.yaml"))
                    ? command("train", "resume", killed.toString(), "--threads", "1")
                    : command("train", "--recipe", recipe.toString(), "--run", killed.toString(), "--threads", "1");
        }
        assertThat(process.waitFor()).isZero();
        System.out.println("ended by itself before the last kill: " + survived);
        assertThat(killed.resolve("model/checkpoint.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("model/checkpoint.safetensors"));
    }

    private void writeShards() throws IOException {
        var random = new Random(1);
        try (var writer = ShardWriter.create(folder.resolve("data"), ShardOptions.of("noise"))) {
            for (int i = 0; i < 8; i++) {
                var rgb = new byte[24 * 24 * 3];
                random.nextBytes(rgb);
                var png = PictureWriter.encode(Pixels.of(24, 24, rgb), PictureFormat.PNG, WriteOptions.DEFAULT);
                writer.add(new Sample(
                        "s" + i,
                        SampleKind.IMAGE_TEXT,
                        "noise " + i,
                        List.of(new EncodedPicture("png", png)),
                        Map.of()));
            }
        }
    }

    private Process command(String... arguments) throws IOException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED",
                "-Dorg.bytedeco.openblas.load=mkl",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.nextstep.cli.Main"));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("log.txt").toFile()))
                .start();
    }
}
