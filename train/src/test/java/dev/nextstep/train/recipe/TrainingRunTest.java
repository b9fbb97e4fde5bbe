package dev.nextstep.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.checkpoint.VaeDirectory;
import dev.nextstep.data.DataException;
import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.shard.ShardOptions;
import dev.nextstep.data.shard.ShardWriter;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.train.metrics.Measurement;
import dev.nextstep.train.metrics.MetricSink;
import dev.nextstep.train.metrics.RunStatus;
import dev.nextstep.train.metrics.SamplePicture;
import dev.nextstep.train.run.RunFolder;
import dev.nextstep.train.run.StopReason;
import dev.nextstep.train.run.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of tiny networks: from shards to a model that draws, killed and resumed. */
class TrainingRunTest {
    @TempDir
    static Path folder;

    private static final String OPTIMIZER = """
            optimizer:
              ema: 0.9
              groups:
                - {name: ends, parameters: ["embed_tokens*", "lm_head*", "*conv_in*", "*conv_out*"], adamw: {learning_rate: 1e-3}}
                - {name: matrices, parameters: ["*"], rank: matrices, muon: {learning_rate: 1e-3, weight_decay: 0.01}}
                - {name: vectors, parameters: ["*"], adamw: {learning_rate: 1e-3}}
            schedule: {warmup: 2, decay: cosine, floor: 0.1}
            """;

    private static final String TOKENIZER = """
            kind: tokenizer
            seed: 7
            precision: fp32
            shape: {channels: 32, channel_multipliers: [1, 1, 1, 1], residual_blocks: 1, latent_channels: 4}
            data:
              train: [{folder: %1$s, kind: image_text_pair}]
              validation: [{folder: %1$s, kind: image_text_pair}]
            objective: {side: 16, batch: 4, latent_noise: 0.3, l1: 1, mse: 2, edges: 0.3, scales: 0.2, structure: 0.2}
            """ + OPTIMIZER + """
            stop: {steps: 6}
            intervals: {log: 2, checkpoint: 2, validation: 3}
            """;

    private static final String MODEL = """
            kind: transformer
            seed: 3
            precision: fp32
            shape: {hidden: 32, layers: 2, heads: 2, kv_heads: 1, head_dim: 16, mlp: 64, flow_width: 32, flow_layers: 1}
            image_tokenizer: %2$s
            vocabulary: 512
            data:
              train:
                - {folder: %1$s, kind: image_text_pair, weight: 3}
                - {folder: %1$s, kind: image_editing, weight: 1}
                - {folder: %1$s, kind: nlp, weight: 1}
                - {folder: %1$s, kind: interleave, weight: 1}
            rows: {packing: block_diagonal, length: 64, count: 8, area: 32, drop_text: 0.2, tags: official}
            objective: {flow_copies: 2, input_noise: {share: 0.5, largest: 0.3}}
            samples: {prompts: ["a red square"], validation_batches: 2}
            """ + OPTIMIZER + """
            stop: {steps: 8}
            intervals: {log: 2, checkpoint: 2, validation: 4, samples: 8}
            """;

    @BeforeAll
    static void writeShards() throws IOException {
        torch.set_num_threads(2);
        try (var writer = ShardWriter.create(folder.resolve("data"), ShardOptions.of("shapes"))) {
            var names = List.of("red", "green", "blue", "white", "black", "grey");
            for (int i = 0; i < names.size(); i++) {
                var a = picture(i, 0);
                var b = picture(i, 1);
                String name = names.get(i);
                writer.add(sample("t" + i, SampleKind.IMAGE_TEXT, "a " + name + " square", a));
                writer.add(sample("u" + i, SampleKind.IMAGE_TEXT, "a " + name + " field", b));
                writer.add(sample("e" + i, SampleKind.EDIT, "<image_0>fill it<image_1>", a, b));
                writer.add(sample("n" + i, SampleKind.TEXT, name + " is a colour."));
                writer.add(sample("m" + i, SampleKind.INTERLEAVED, name + ": <image_0> and filled: <image_1>", a, b));
            }
        }
    }

    private static Sample sample(String key, SampleKind kind, String caption, EncodedPicture... pictures) {
        return new Sample(key, kind, caption, List.of(pictures), Map.of());
    }

    private static EncodedPicture picture(int colour, int filled) {
        var rgb = new byte[32 * 32 * 3];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % 32;
            int y = i / 96;
            boolean inside = filled == 1 || (x > 8 && x < 24 && y > 8 && y < 24);
            rgb[i] = (byte) (inside ? (colour >> (i % 3) & 1) * 200 + colour : 255);
        }
        return new EncodedPicture(
                "png", PictureWriter.encode(Pixels.of(32, 32, rgb), PictureFormat.PNG, WriteOptions.DEFAULT));
    }

    private static String recipe(String text) {
        return text.formatted(
                folder.resolve("data"), folder.resolve("tokenizer").resolve("model"));
    }

    /** Counts what a run measures, and may ask it to stop. */
    private static final class Watcher implements MetricSink {
        final List<Measurement> measured = new ArrayList<>();
        final List<SamplePicture> pictures = new ArrayList<>();
        private final StopRequest request;
        private final long stopAt;

        Watcher(StopRequest request, long stopAt) {
            this.request = request;
            this.stopAt = stopAt;
        }

        @Override
        public void record(Measurement measurement) {
            measured.add(measurement);
            if (measurement.step() >= stopAt) {
                request.stop();
            }
        }

        @Override
        public void picture(long step, String tag, SamplePicture picture) {
            pictures.add(picture);
        }

        @Override
        public void progress(RunStatus status) {}

        @Override
        public void close() {}
    }

    private static Watcher train(RunFolder run, long stopAt, StopReason expected) {
        try (var request = new StopRequest();
                var prepared = RunAssembly.prepare(run, 2)) {
            var watcher = new Watcher(request, stopAt);
            assertThat(prepared.train(step -> watcher, request)).isEqualTo(expected);
            return watcher;
        }
    }

    @Test
    void fromShardsToAModelThatDraws() {
        var tokenizer = RunFolder.create(folder.resolve("tokenizer"), "tokenizer", recipe(TOKENIZER));
        var watched = train(tokenizer, Long.MAX_VALUE, StopReason.STEPS);
        assertThat(watched.measured).anySatisfy(m -> assertThat(m.values()).containsKeys("psnr", "ssim"));
        assertThat(watched.pictures).isNotEmpty();

        // The decoder alone, from there: the encoder keeps its bits.
        String second = recipe(TOKENIZER)
                .replaceFirst("shape: .*", "from: " + tokenizer.model())
                .replaceFirst("groups:", "groups:\n    - {name: encoder, parameters: [\"encoder*\"], frozen: true}");
        var decoder = RunFolder.create(folder.resolve("decoder"), "tokenizer", second);
        train(decoder, Long.MAX_VALUE, StopReason.STEPS);
        try (var before = VaeDirectory.open(tokenizer.model());
                var after = VaeDirectory.open(decoder.model())) {
            for (var name : before.tensors().names()) {
                var then = before.tensors().find(name).orElseThrow().toFloats();
                var now = after.tensors().find(name).orElseThrow().toFloats();
                if (name.startsWith("encoder")) {
                    assertThat(now).as(name).isEqualTo(then);
                } else if (name.endsWith("conv_in.weight")) {
                    assertThat(now).as(name).isNotEqualTo(then);
                }
            }
        }

        var model = RunFolder.create(folder.resolve("model"), "transformer", recipe(MODEL));
        watched = train(model, Long.MAX_VALUE, StopReason.STEPS);
        assertThat(watched.measured)
                .anySatisfy(m -> assertThat(m.values()).containsKeys("text_loss", "image_loss", "image_loss_t0"));
        assertThat(watched.pictures).extracting(SamplePicture::caption).contains("a red square");
        try (var drawing = NextStep.open(model.model())) {
            var picture = drawing.generate(
                    GenerateRequest.builder("a red square").size(32, 32).seed(1).build());
            assertThat(picture.pixels().width()).isEqualTo(32);
        }

        // Stopped at odd moments and resumed, the same bits come out.
        var broken = RunFolder.create(folder.resolve("broken"), "transformer", recipe(MODEL));
        train(broken, 2, StopReason.REQUESTED);
        train(broken, 6, StopReason.REQUESTED);
        train(broken, Long.MAX_VALUE, StopReason.STEPS);
        assertThat(broken.model().resolve("model.safetensors"))
                .hasSameBinaryContentAs(model.model().resolve("model.safetensors"));

        // A continued stage starts from a model directory.
        String more = recipe(MODEL).replace("image_tokenizer: ", "from: " + model.model() + "\nimage_tokenizer: ");
        train(RunFolder.create(folder.resolve("more"), "transformer", more), Long.MAX_VALUE, StopReason.STEPS);
        assertThat(Files.isRegularFile(folder.resolve("more/model/model.safetensors")))
                .isTrue();
    }

    @Test
    void mistakesAreToldWithTheirLine() {
        assertThatThrownBy(() -> RecipeReader.read(recipe(TOKENIZER).replace("latent_noise", "latent_nois"), "r.yaml"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("r.yaml:8: ")
                .hasMessageContaining("did you mean 'latent_noise'");
        assertThatThrownBy(() -> RecipeReader.read(recipe(TOKENIZER).replace("steps: 6", "steps: 0"), "r.yaml"))
                .hasMessageContaining("r.yaml:")
                .hasMessageContaining("more than 0");
        assertThatThrownBy(() -> RecipeReader.read(recipe(MODEL).replace("kv_heads: 1", "kv_heads: 3"), "r.yaml"))
                .hasMessageContaining("multiple of kv_heads");
        assertThatThrownBy(() -> RecipeReader.read("kind: poem\n", "r.yaml")).hasMessageContaining("transformer");
    }

    @Test
    void overridesChangePlaces() {
        String text = recipe(TOKENIZER) + "overrides:\n  stop.steps: 11\n  objective.batch: 2\n";
        var recipe = (TokenizerRecipe) RecipeReader.read(text, "r.yaml");
        assertThat(recipe.run().loop().stop().steps()).hasValue(11);
        assertThat(recipe.settings().batch()).isEqualTo(2);
        assertThatThrownBy(() -> RecipeReader.read(recipe(TOKENIZER) + "overrides: {stop.stops: 1}\n", "r.yaml"))
                .hasMessageContaining("did you mean 'steps'");
    }
}
