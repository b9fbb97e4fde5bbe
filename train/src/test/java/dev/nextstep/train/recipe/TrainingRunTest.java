package dev.nextstep.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.checkpoint.VaeDirectory;
import dev.nextstep.data.DataException;
import dev.nextstep.train.metrics.Measurement;
import dev.nextstep.train.metrics.MetricSink;
import dev.nextstep.train.metrics.RunStatus;
import dev.nextstep.train.metrics.SamplePicture;
import dev.nextstep.train.run.RunFolder;
import dev.nextstep.train.run.StopReason;
import dev.nextstep.train.run.StopRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of tiny networks: from shards to a model that draws, killed and resumed. */
class TrainingRunTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void writeShards() throws IOException {
        torch.set_num_threads(2);
        TinyRuns.writeShards(folder);
    }

    private static String recipe(String text) {
        return TinyRuns.in(folder, text);
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
        var tokenizer = RunFolder.create(folder.resolve("tokenizer"), "tokenizer", recipe(TinyRuns.TOKENIZER));
        var watched = train(tokenizer, Long.MAX_VALUE, StopReason.STEPS);
        assertThat(watched.measured).anySatisfy(m -> assertThat(m.values()).containsKeys("psnr", "ssim"));
        assertThat(watched.pictures).isNotEmpty();

        // The decoder alone, from there, at two sizes: the encoder keeps its bits.
        String second = recipe(TinyRuns.TOKENIZER)
                .replaceFirst(
                        "side: 16, batch: 4", "crops: [{side: 16, batch: 4}, {side: 32, batch: 2, whole_share: 1}]")
                .replaceFirst("shape: .*", "from: " + tokenizer.model())
                .replaceFirst("groups:", "groups:\n    - {name: encoder, parameters: [\"encoder*\"], frozen: true}");
        var decoder = RunFolder.create(folder.resolve("decoder"), "tokenizer", second);
        watched = train(decoder, Long.MAX_VALUE, StopReason.STEPS);
        assertThat(watched.measured)
                .anySatisfy(m -> assertThat(m.values()).containsKeys("psnr", "ssim", "psnr_32", "ssim_32"))
                .anySatisfy(m -> assertThat(m.values()).containsKeys("psnr_noisy", "psnr_noisy_32"));
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

        var model = RunFolder.create(folder.resolve("model"), "transformer", recipe(TinyRuns.MODEL));
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
        var broken = RunFolder.create(folder.resolve("broken"), "transformer", recipe(TinyRuns.MODEL));
        train(broken, 2, StopReason.REQUESTED);
        train(broken, 6, StopReason.REQUESTED);
        train(broken, Long.MAX_VALUE, StopReason.STEPS);
        assertThat(broken.model().resolve("model.safetensors"))
                .hasSameBinaryContentAs(model.model().resolve("model.safetensors"));

        // A continued stage starts from a model directory; an image tokenizer that was trained further takes the place
        // of its own.
        String more = recipe(TinyRuns.MODEL)
                .replaceFirst(
                        "image_tokenizer: .*", "from: " + model.model() + "\nimage_tokenizer: " + decoder.model());
        var continued = RunFolder.create(folder.resolve("more"), "transformer", more);
        train(continued, Long.MAX_VALUE, StopReason.STEPS);
        assertThat(continued.model().resolve("model.safetensors")).isRegularFile();
        try (var given = VaeDirectory.open(decoder.model());
                var taken = VaeDirectory.open(continued.model().resolve("vae"))) {
            for (var name : given.tensors().names()) {
                assertThat(taken.tensors().find(name).orElseThrow().toFloats())
                        .as(name)
                        .isEqualTo(given.tensors().find(name).orElseThrow().toFloats());
            }
        }
    }

    @Test
    void mistakesAreToldWithTheirLine() {
        assertThatThrownBy(() ->
                        RecipeReader.read(recipe(TinyRuns.TOKENIZER).replace("latent_noise", "latent_nois"), "r.yaml"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("r.yaml:8: ")
                .hasMessageContaining("did you mean 'latent_noise'");
        assertThatThrownBy(
                        () -> RecipeReader.read(recipe(TinyRuns.TOKENIZER).replace("steps: 6", "steps: 0"), "r.yaml"))
                .hasMessageContaining("r.yaml:")
                .hasMessageContaining("more than 0");
        assertThatThrownBy(
                        () -> RecipeReader.read(recipe(TinyRuns.MODEL).replace("kv_heads: 1", "kv_heads: 3"), "r.yaml"))
                .hasMessageContaining("multiple of kv_heads");
        assertThatThrownBy(() -> RecipeReader.read(
                        recipe(TinyRuns.TOKENIZER).replace("side: 16", "crops: [{side: 16}], side: 16"), "r.yaml"))
                .hasMessageContaining("r.yaml:")
                .hasMessageContaining("has 'side' beside 'crops'");
        assertThatThrownBy(() -> RecipeReader.read(
                        recipe(TinyRuns.TOKENIZER).replace("side: 16, batch: 4", "crops: [{side: 16}, {side: 16}]"),
                        "r.yaml"))
                .hasMessageContaining("same side");
        assertThatThrownBy(() -> RecipeReader.read("kind: poem\n", "r.yaml")).hasMessageContaining("transformer");
    }

    @Test
    void overridesChangePlaces() {
        String text = recipe(TinyRuns.TOKENIZER) + "overrides:\n  stop.steps: 11\n  objective.batch: 2\n";
        var recipe = (TokenizerRecipe) RecipeReader.read(text, "r.yaml");
        assertThat(recipe.run().loop().stop().steps()).hasValue(11);
        assertThat(recipe.settings().batch()).isEqualTo(2);
        assertThatThrownBy(
                        () -> RecipeReader.read(recipe(TinyRuns.TOKENIZER) + "overrides: {stop.stops: 1}\n", "r.yaml"))
                .hasMessageContaining("did you mean 'steps'");
    }
}
