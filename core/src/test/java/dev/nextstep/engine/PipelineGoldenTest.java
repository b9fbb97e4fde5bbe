package dev.nextstep.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.flow.Guidance;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.Sampler;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PixelFloats;
import dev.nextstep.image.Pixels;
import dev.nextstep.prompt.BosRule;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.GuidanceLayout;
import dev.nextstep.prompt.PromptBuilder;
import dev.nextstep.prompt.PromptRequest;
import dev.nextstep.prompt.SpecialTokenText;
import dev.nextstep.tensor.Precision;
import dev.nextstep.testing.Golden;
import dev.nextstep.testing.GoldenTensors;
import dev.nextstep.testing.ParityReport;
import dev.nextstep.transformer.RopeFrequencies;
import dev.nextstep.vae.CodeGeneration;
import dev.nextstep.vae.Planes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole runs of the official pipelines, prompt to PNG, with their recorded noise: August 2025 (S1, and S2 of the public
 * port), February 2026 (S3), and the trained emoji model. Models are found beside the cases.
 */
class PipelineGoldenTest {
    /** Golden values of the model that shipped before. */
    private static final String BEFORE = "emoji64";

    private static final Map<String, LoadedModel> MODELS = new ConcurrentHashMap<>();

    @TempDir
    static Path temporary;

    @AfterAll
    static void closeModels() {
        MODELS.values().forEach(LoadedModel::close);
        MODELS.clear();
    }

    /**
     * One recorded run.
     *
     * @param noise [token, draw, noisePictures, dim]; picture i uses row i mod noisePictures
     */
    private record Run(
            String name,
            Path model,
            boolean bf16,
            CodeGeneration generation,
            boolean positionTable,
            PromptRequest prompt,
            List<Path> sources,
            SamplingSettings settings,
            float[] noise,
            int draws,
            int noisePictures) {}

    /** Allowed differences of one run. */
    private record Tolerances(
            String name, double tokens, double tokensRms, double image, double latents, double pngShare) {}

    private static final Tolerances AUGUST = new Tolerances("August 2025", 1e-3, 1e-3, 5e-4, 1e-4, 0.005);
    private static final Tolerances AUGUST_BF16 = new Tolerances("August 2025 in bf16", 0.15, 0.04, 0.4, 0.15, 1);
    private static final Tolerances FEBRUARY = new Tolerances("February 2026", 5e-5, 5e-5, 5e-5, 5e-5, 1);
    private static final Tolerances FEBRUARY_BF16 = new Tolerances("February 2026 in bf16", 0.4, 0.08, 0.4, 0.4, 1);
    private static final Tolerances EMOJI = new Tolerances("trained emoji model", 1e-3, 1e-3, 5e-4, 1e-4, 0.005);

    static Stream<Path> august() {
        return Golden.files(Golden.folder("lm/pipeline"), ".json").stream();
    }

    @ParameterizedTest
    @MethodSource("august")
    void august2025(Path file) {
        var c = Golden.json(file);
        var settings = c.get("settings");
        var folder = Golden.folder("lm/pipeline");
        String name = file.getFileName().toString().replace(".json", "");
        boolean bf16 = c.get("dtype").asText().equals("bfloat16");
        try (var golden = GoldenTensors.open(folder.resolve(name + ".safetensors"))) {
            var noise = golden.tensor("noise");
            var run = new Run(
                    name,
                    Golden.folder("lm/" + c.get("model").asText().replace("_bf16", "")),
                    bf16,
                    CodeGeneration.AUGUST_2025,
                    c.path("use_gen_pos_embed").asBoolean(false),
                    prompt(settings, folder, texts(c.get("input_png"))),
                    texts(c.get("input_png")).stream().map(folder::resolve).toList(),
                    settings(settings, c.get("sampler").asText(), GuidanceSchedule.LINEAR_DECREASING),
                    noise.toFloats(),
                    noise.dimension(1),
                    noise.dimension(2));
            var rows = rows(run);
            assertThat(rows.paddedIds()).as("ids").isDeepEqualTo(golden.idRows("input_ids"));
            assertThat(rows.mask()).as("mask").isDeepEqualTo(golden.idRows("attention_mask"));
            var tolerances = bf16 ? AUGUST_BF16 : AUGUST;
            float[] tokens = draw(run, (token, row, all, hidden, condition) -> {
                int at = (token * all + row) * hidden.length;
                if (!bf16) {
                    close("condition of token " + token, condition, golden.floats("cond"), at, 5e-3);
                }
            });
            float[] expected = golden.floats("tokens");
            int dim = golden.tensor("tokens").dimension(2);
            int total = golden.tensor("tokens").dimension(1);
            if (bf16) { // the first token has nothing to amplify yet
                for (int p = 0; p < golden.tensor("tokens").dimension(0); p++) {
                    int at = p * total * dim;
                    assertThat(Golden.rmsDifference(
                                    Arrays.copyOfRange(tokens, at, at + dim),
                                    Arrays.copyOfRange(expected, at, at + dim)))
                            .as("first token, rms")
                            .isLessThanOrEqualTo(0.03);
                }
            }
            compareTokens(tokens, expected, tolerances);
            comparePictures(run, tokens, golden.floats("image"), texts(c.get("output_png")), folder, tolerances);
            if (golden.has("input_tokens")) {
                compareSources(run, golden.floats("input_tokens"), rows.pictureOrder(), tolerances);
            }
        }
    }

    static Stream<JsonNode> february() {
        var cases = Golden.json(Golden.folder("feb/pipeline-feb").resolve("cases.json"))
                .get("cases");
        assertThat(cases.size()).as("cases").isPositive();
        var list = new ArrayList<JsonNode>();
        cases.forEach(list::add);
        return list.stream();
    }

    @ParameterizedTest
    @MethodSource("february")
    void february2026(JsonNode c) {
        var folder = Golden.folder("feb/pipeline-feb");
        String name = c.get("name").asText();
        var settings = c.get("settings");
        boolean bf16 = c.get("dtype").asText().equals("bf16");
        var inputs = pictures(folder, name + "_in");
        try (var golden = GoldenTensors.open(folder.resolve(name + ".safetensors"))) {
            var noise = golden.tensor("noise");
            var run = new Run(
                    name,
                    Golden.folder("feb/tiny-feb"),
                    bf16,
                    CodeGeneration.FEBRUARY_2026,
                    false,
                    prompt(settings, folder, inputs),
                    inputs.stream().map(folder::resolve).toList(),
                    settings(settings, settings.path("sde_type").asText("sde"), GuidanceSchedule.LINEAR_INCREASING),
                    noise.toFloats(),
                    noise.dimension(1),
                    noise.dimension(2));
            var rows = rows(run);
            assertThat(rows.paddedIds()).as("ids").isDeepEqualTo(golden.idRows("input_ids"));
            assertThat(rows.mask()).as("mask").isDeepEqualTo(golden.idRows("attention_mask"));
            var tolerances = bf16 ? FEBRUARY_BF16 : FEBRUARY;
            float[] tokens = draw(run, (token, row, all, hidden, condition) -> {
                int at = (token * all + row) * hidden.length;
                if (!bf16) {
                    close("hidden " + token, hidden, golden.floats("cond_hidden"), at, 5e-5);
                    close("condition " + token, condition, golden.floats("head_c"), at, 5e-5);
                }
            });
            compareTokens(tokens, golden.floats("tokens"), tolerances);
            comparePictures(
                    run,
                    tokens,
                    golden.floats("image"),
                    pictures(folder, name + "_").stream()
                            .filter(p -> !p.startsWith(name + "_in"))
                            .toList(),
                    folder,
                    tolerances);
        }
    }

    /**
     * Runs of the official pipeline on the model that the project ships (recorded by {@code bench/peer/record.py}), and on the one
     * that came before it where its weights lie beside the golden values.
     */
    static Stream<Path> emoji() {
        var own = Golden.files(Path.of(System.getProperty("project.root"), "golden", "emoji"), ".json");
        boolean before = Files.isDirectory(Golden.root().resolve(BEFORE)) && Files.isDirectory(modelBefore());
        return before
                ? Stream.concat(own.stream(), Golden.files(Golden.root().resolve(BEFORE), ".json").stream())
                : own.stream();
    }

    private static Path modelBefore() {
        return Golden.root().resolve("../models").resolve(BEFORE).normalize();
    }

    @ParameterizedTest
    @MethodSource("emoji")
    void trainedEmojiModel(Path file) {
        var c = Golden.json(file);
        var folder = requireNonNull(file.getParent());
        String name = file.getFileName().toString().replace(".json", "");
        assertThat(c.get("sampler").asText()).startsWith("S1");
        var sources = c.has("input_png") ? List.of(c.get("input_png").asText()) : List.<String>of();
        try (var golden = GoldenTensors.open(folder.resolve(name + ".safetensors"))) {
            var noise = golden.tensor("noise");
            var run = new Run(
                    name,
                    folder.endsWith(BEFORE)
                            ? modelBefore()
                            : Path.of(System.getProperty("project.root"), "models", "emoji"),
                    false,
                    CodeGeneration.AUGUST_2025,
                    false,
                    prompt(((ObjectNode) c).set("captions", c.get("prompt")), folder, sources),
                    sources.stream().map(folder::resolve).toList(),
                    settings(c, "s1", GuidanceSchedule.LINEAR_DECREASING),
                    noise.toFloats(),
                    noise.dimension(1),
                    1);
            var rows = rows(run);
            assertThat(rows.paddedIds()).as("ids").isDeepEqualTo(golden.idRows("input_ids"));
            float[] tokens = draw(
                    run,
                    (token, row, all, hidden, condition) -> close(
                            "condition " + token,
                            condition,
                            golden.floats("head_condition"),
                            (token * all + row) * condition.length,
                            1e-3));
            compareTokens(tokens, golden.floats("tokens"), EMOJI);
            comparePictures(run, tokens, golden.floats("pixels"), List.of(name + ".png"), folder, EMOJI);
            if (golden.has("input_tokens")) {
                compareSources(run, golden.floats("input_tokens"), rows.pictureOrder(), EMOJI);
            }
        }
    }

    private static PromptRequest prompt(JsonNode settings, Path folder, List<String> pictures) {
        var captions = settings.get("captions");
        var grids = pictures.stream()
                .map(p -> {
                    var pixels = new PictureReader().read(folder.resolve(p));
                    return Grid.flooringPixels(pixels.width(), pixels.height());
                })
                .toList();
        return new PromptRequest(
                captions.isArray() ? texts(captions) : List.of(captions.asText()),
                grids,
                settings.path("num_images_per_caption").asInt(1),
                settings.path("positive_prompt").asText(""),
                settings.path("negative_prompt").asText(""),
                grid(settings.get("hw")),
                GuidanceLayout.of(
                        settings.path("cfg").asDouble(1),
                        settings.path("cfg_img").asDouble(1),
                        grids.size()),
                SpecialTokenText.AS_TOKENS,
                BosRule.IF_PRESENT);
    }

    private static Grid grid(JsonNode hw) {
        return Grid.flooringPixels(hw.get(1).asInt(), hw.get(0).asInt());
    }

    private static SamplingSettings settings(JsonNode s, String sampler, GuidanceSchedule linear) {
        var schedule = s.path("cfg_schedule").asText("constant").equals("linear") ? linear : GuidanceSchedule.CONSTANT;
        return new SamplingSettings(
                Sampler.of(sampler),
                s.get("num_sampling_steps").asInt(),
                (float) s.path("timesteps_shift").asDouble(1),
                new Guidance(
                        (float) s.path("cfg").asDouble(1),
                        (float) s.path("cfg_img").asDouble(1),
                        schedule,
                        Guidance.NormLimit.OFF),
                s.path("use_norm").asBoolean(false) ? TokenNormalization.ON : TokenNormalization.OFF);
    }

    private static List<String> texts(JsonNode array) {
        var list = new ArrayList<String>();
        array.forEach(t -> list.add(t.asText()));
        return list;
    }

    /** Files {@code prefix<number>.png} in order. */
    private static List<String> pictures(Path folder, String prefix) {
        var found = new ArrayList<String>();
        while (Files.exists(folder.resolve(prefix + found.size() + ".png"))) {
            found.add(prefix + found.size() + ".png");
        }
        return found;
    }

    private static LoadedModel model(Run run) {
        String key = run.model + "|" + run.bf16 + run.generation + run.positionTable;
        return MODELS.computeIfAbsent(key, k -> {
            var options = new LoadOptions(
                    2,
                    run.bf16 ? Precision.REFERENCE_BF16 : Precision.FP32,
                    run.bf16 ? RopeFrequencies.BF16 : RopeFrequencies.FP32,
                    run.generation,
                    CacheOptions.DEFAULT,
                    CpuBackend.PROVIDER,
                    EngineLimits.DEFAULT);
            return LoadedModel.open(run.positionTable ? withPositionTable(run.model) : run.model, options);
        });
    }

    /** The same model with {@code use_gen_pos_embed} switched on. */
    private static Path withPositionTable(Path model) {
        try {
            Path copy = Files.createDirectory(temporary.resolve("with-table"));
            try (var entries = Files.list(model)) {
                for (Path entry : entries.toList()) {
                    if (Files.isDirectory(entry)) {
                        Path folder = Files.createDirectory(copy.resolve(entry.getFileName()));
                        try (var inner = Files.list(entry)) {
                            for (Path file : inner.toList()) {
                                Files.copy(file, folder.resolve(file.getFileName()));
                            }
                        }
                    } else {
                        Files.copy(entry, copy.resolve(entry.getFileName()));
                    }
                }
            }
            Path config = copy.resolve("config.json");
            Files.delete(config);
            var tree = (com.fasterxml.jackson.databind.node.ObjectNode) Golden.json(model.resolve("config.json"));
            Files.writeString(config, tree.put("use_gen_pos_embed", true).toString());
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static dev.nextstep.prompt.PromptRows rows(Run run) {
        var model = model(run);
        return new PromptBuilder(model.tokenizer(), model.special()).build(run.prompt);
    }

    /** Sees one row of a token; rows are numbered in block order. */
    @FunctionalInterface
    private interface Check {
        void sampling(int token, int row, int rows, float[] hidden, float[] condition);
    }

    private static float[] draw(Run run, Check check) {
        var model = model(run);
        var sources = new ArrayList<float[]>();
        for (Path source : run.sources) {
            sources.add(encode(model, new PictureReader().read(source)));
        }
        int dim = model.backend().tokenDim();
        NoiseSource noise = (picture, token, draw, target, at, n) -> System.arraycopy(
                run.noise,
                ((token * run.draws + draw) * run.noisePictures + picture % run.noisePictures) * dim,
                target,
                at,
                n);
        var job = new DrawingJob(rows(run), sources, run.settings, noise);
        int rows = job.rows().rows().size();
        int pictures = job.rows().outputPictures();
        int width = model.backend().hiddenSize();
        var observer = new DrawingObserver() {
            @Override
            public void sampling(int picture, int token, float[] hidden, float[] condition) {
                for (int block = 0; block < rows / pictures; block++) {
                    int from = block * width;
                    check.sampling(
                            token,
                            block * pictures + picture,
                            rows,
                            Arrays.copyOfRange(hidden, from, from + width),
                            Arrays.copyOfRange(condition, from, from + width));
                }
            }
        };
        return model.engine().submit(job, observer, new Cancellation()).await();
    }

    private static float[] encode(LoadedModel model, Pixels pixels) {
        var tokenizer = model.cpu().imageTokenizer();
        var planes = new Planes(3, pixels.height(), pixels.width(), PixelFloats.toFloats(pixels));
        return model.patchifier().patchify(tokenizer.latent(tokenizer.encode(planes)));
    }

    private static void compareSources(Run run, float[] expected, List<Integer> order, Tolerances tolerances) {
        var model = model(run);
        var tokens = new ArrayList<float[]>();
        for (Path source : run.sources) {
            tokens.add(encode(model, new PictureReader().read(source)));
        }
        int at = 0;
        for (int picture : order) {
            float[] t = tokens.get(picture);
            close("tokens of source " + picture, t, expected, at, tolerances.latents);
            at += t.length;
        }
        assertThat(at).as("values of source tokens").isEqualTo(expected.length);
    }

    private static void close(String what, float[] actual, float[] expected, int from, double tolerance) {
        assertThat(Golden.maxDifference(actual, Arrays.copyOfRange(expected, from, from + actual.length)))
                .as(what)
                .isLessThanOrEqualTo(tolerance);
    }

    private static void compareTokens(float[] tokens, float[] expected, Tolerances tolerances) {
        double max = Golden.maxDifference(tokens, expected);
        double rms = Golden.rmsDifference(tokens, expected);
        ParityReport.note("pipeline, " + tolerances.name + ": tokens", max, tolerances.tokens);
        assertThat(max).as("tokens").isLessThanOrEqualTo(tolerances.tokens);
        assertThat(rms).as("tokens, rms").isLessThanOrEqualTo(tolerances.tokensRms);
    }

    private static void comparePictures(
            Run run, float[] tokens, float[] expected, List<String> pngs, Path folder, Tolerances tolerances) {
        var model = model(run);
        var grid = run.prompt.output();
        int pictures = pngs.size();
        assertThat(pictures).as("PNG files").isPositive();
        int per = tokens.length / pictures;
        int pixels = expected.length / pictures;
        for (int p = 0; p < pictures; p++) {
            var latent = model.patchifier()
                    .unpatchify(
                            Arrays.copyOfRange(tokens, p * per, (p + 1) * per),
                            model.cpu().imageTokenizer().config().latentChannels(),
                            grid.rows(),
                            grid.columns());
            var decoded = model.cpu().imageTokenizer().decode(latent);
            ParityReport.note(
                    "pipeline, " + tolerances.name + ": decoder output",
                    Golden.maxDifference(decoded.values(), Arrays.copyOfRange(expected, p * pixels, (p + 1) * pixels)),
                    tolerances.image);
            close("picture " + p, decoded.values(), expected, p * pixels, tolerances.image);
            byte[] bytes = PixelFloats.fromFloats(decoded.values(), decoded.width(), decoded.height())
                    .toBytes();
            byte[] official =
                    new PictureReader().read(folder.resolve(pngs.get(p))).toBytes();
            int off = 0;
            for (int i = 0; i < bytes.length; i++) {
                int d = Math.abs((bytes[i] & 0xff) - (official[i] & 0xff));
                if (!run.bf16) {
                    assertThat(d).as("%s, byte %d", pngs.get(p), i).isLessThanOrEqualTo(1);
                }
                off += d == 0 ? 0 : 1;
            }
            ParityReport.note(
                    "pipeline, " + tolerances.name + ": share of PNG bytes that differ",
                    (double) off / bytes.length,
                    tolerances.pngShare);
            assertThat((double) off / bytes.length)
                    .as("share of bytes of %s that differ", pngs.get(p))
                    .isLessThanOrEqualTo(tolerances.pngShare);
        }
    }
}
