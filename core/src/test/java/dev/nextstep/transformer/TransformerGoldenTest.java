package dev.nextstep.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.flow.Projectors;
import dev.nextstep.kernel.Norms;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import dev.nextstep.testing.Golden;
import dev.nextstep.testing.GoldenTensors;
import dev.nextstep.testing.ParityReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hidden states of the official transformer, layer by layer; pads are not computed here and not compared there. */
class TransformerGoldenTest {
    private static final ThreadTeam TEAM = ThreadTeam.of(2);

    @AfterAll
    static void endTeam() {
        TEAM.close();
    }

    static Stream<Path> paddedBatches() {
        return cases("_padded_batch.safetensors");
    }

    static Stream<Path> imageBatches() {
        return cases("_image_batch.safetensors");
    }

    static Stream<Path> incrementals() {
        return cases("_incremental.safetensors");
    }

    static Stream<Path> greedyTexts() {
        return cases("_greedy_text.safetensors");
    }

    private static Stream<Path> cases(String ending) {
        String kind = "lm/transformer/*" + ending;
        assumeFalse(Golden.isLeftOut(kind), kind + " is left out of this selection");
        return Golden.files(Golden.folder("lm/transformer"), ending).stream();
    }

    /** How far apart values may be: largest difference, and root mean square for bf16 runs. */
    private record Tolerance(double max, double rms) {
        static Tolerance exact(double max) {
            return new Tolerance(max, Double.POSITIVE_INFINITY);
        }

        void check(String what, float[] actual, float[] expected) {
            String kind = "transformer: " + what.replaceAll("[0-9]+", "n") + (rms < 1 ? ", bf16" : "");
            ParityReport.note(kind, Golden.maxDifference(actual, expected), max);
            assertThat(Golden.maxDifference(actual, expected)).as(what).isLessThanOrEqualTo(max);
            assertThat(Golden.rmsDifference(actual, expected))
                    .as(what + " (rms)")
                    .isLessThanOrEqualTo(rms);
        }
    }

    /** A model of the golden folder, as the file name of a case names it: {@code tiny-a_…} or {@code tiny-b_bf16_…}. */
    private static final class Subject implements AutoCloseable {
        final ModelDirectory directory;
        final Transformer transformer;
        final LanguageHead head;
        final Projectors projectors;
        final Tolerance hidden;
        final Tolerance logits;
        final boolean bf16;

        Subject(Path file, String ending) {
            String name = file.getFileName().toString().replace(ending, "");
            bf16 = name.endsWith("_bf16");
            directory = ModelDirectory.open(Golden.folder("lm/" + name.replace("_bf16", "")));
            var precision = bf16 ? Precision.REFERENCE_BF16 : Precision.FP32;
            transformer = new Transformer(
                    directory.config(),
                    directory.tensors(),
                    precision,
                    bf16 ? RopeFrequencies.BF16 : RopeFrequencies.FP32);
            head = Transformer.languageHead(directory.config(), directory.tensors(), precision);
            projectors = new Projectors(directory.config(), directory.tensors(), precision);
            hidden = bf16 ? new Tolerance(0.15, 0.03) : Tolerance.exact(5e-5);
            logits = bf16 ? new Tolerance(0.6, 0.15) : Tolerance.exact(2e-4);
        }

        @Override
        public void close() {
            directory.close();
        }
    }

    @ParameterizedTest
    @MethodSource("paddedBatches")
    void textWithPads(Path file) {
        try (var subject = new Subject(file, "_padded_batch.safetensors");
                var golden = GoldenTensors.open(file)) {
            int[][] ids = golden.idRows("input_ids");
            int[][] mask = golden.idRows("attention_mask");
            var inputs = new ArrayList<float[]>();
            for (int[] row : ids) {
                inputs.add(embed(subject, row));
            }
            compareLayers(subject, golden, inputs, mask);
            var last = run(subject, inputs, mask, Map.of());
            int vocabulary = golden.tensor("logits_last").dimension(2);
            for (int r = 0; r < ids.length; r++) {
                float[] logits = subject.head.logits(TEAM, last.get(r), ids[r].length - pads(mask[r]) - 1);
                subject.logits.check(
                        "logits of row " + r,
                        logits,
                        GoldenTensors.rows(golden.floats("logits_last"), r, r + 1, vocabulary));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("imageBatches")
    void textAndPictures(Path file) {
        try (var subject = new Subject(file, "_image_batch.safetensors");
                var golden = GoldenTensors.open(file)) {
            int[][] ids = golden.idRows("input_ids");
            int[][] mask = golden.idRows("attention_mask");
            var inputs = withPictures(
                    subject,
                    ids,
                    golden.floats("patchified"),
                    golden.tensor("patchified").dimension(1));
            compareLayers(subject, golden, inputs, mask);
            var hidden = run(subject, inputs, mask, Map.of());
            int width = subject.transformer.hiddenSize();
            for (int r = 0; r < ids.length; r++) {
                int last = ids[r].length - pads(mask[r]) - 1;
                float[] projected = subject.projectors.firstCondition(
                        TEAM, GoldenTensors.rows(hidden.get(r), last, last + 1, width), 1);
                subject.hidden.check(
                        "out-projector, row " + r,
                        projected,
                        GoldenTensors.rows(golden.floats("image_out_projected_last"), r, r + 1, width));
            }
        }
    }

    private static List<float[]> withPictures(Subject subject, int[][] ids, float[] tokens, int perRow) {
        int placeholder = subject.directory.config().tokens().imagePlaceholder().orElseThrow();
        int dim = subject.directory.config().tokenDimension();
        int width = subject.transformer.hiddenSize();
        var inputs = new ArrayList<float[]>();
        for (int r = 0; r < ids.length; r++) {
            float[] row = embed(subject, ids[r]);
            float[] embedded = subject.projectors.embed(
                    TEAM, GoldenTensors.rows(tokens, r * perRow, (r + 1) * perRow, dim), perRow);
            int next = 0;
            for (int i = 0; i < ids[r].length; i++) {
                if (ids[r][i] == placeholder) {
                    System.arraycopy(embedded, next++ * width, row, i * width, width);
                }
            }
            assertThat(next).as("placeholders of row %d", r).isEqualTo(perRow);
            inputs.add(row);
        }
        return inputs;
    }

    private static void compareLayers(Subject subject, GoldenTensors golden, List<float[]> inputs, int[][] mask) {
        int width = subject.transformer.hiddenSize();
        int columns = mask[0].length;
        float[] embeds = golden.floats("inputs_embeds");
        var expectedLayers = new HashMap<Integer, float[]>();
        for (int layer = 0; golden.has("layer_" + layer); layer++) {
            expectedLayers.put(layer, golden.floats("layer_" + layer));
        }
        assertThat(expectedLayers)
                .as("layers")
                .hasSize(subject.directory.config().layers());
        for (int r = 0; r < mask.length; r++) {
            int pads = pads(mask[r]);
            Tolerance.exact(2e-6)
                    .check(
                            "embeddings of row " + r,
                            GoldenTensors.rows(inputs.get(r), pads, columns, width),
                            GoldenTensors.rows(embeds, r * columns + pads, (r + 1) * columns, width));
        }
        var hidden = run(subject, inputs, mask, expectedLayers);
        float[] expected = golden.floats("final_norm");
        for (int r = 0; r < mask.length; r++) {
            subject.hidden.check(
                    "final norm of row " + r,
                    hidden.get(r),
                    GoldenTensors.rows(expected, r * columns + pads(mask[r]), (r + 1) * columns, width));
        }
    }

    /** Runs all rows in one call without their pads; compares layers where expected; returns hidden states by row. */
    private static List<float[]> run(
            Subject subject, List<float[]> inputs, int[][] mask, Map<Integer, float[]> expectedLayers) {
        int width = subject.transformer.hiddenSize();
        int columns = mask[0].length;
        var spans = new ArrayList<Span>();
        int rows = 0;
        for (int[] m : mask) {
            int pads = pads(m);
            spans.add(new Span(subject.transformer.newCache(pads, columns), columns - pads));
            rows += columns - pads;
        }
        var packed = new float[rows * width];
        int at = 0;
        for (int r = 0; r < mask.length; r++) {
            int pads = pads(mask[r]);
            System.arraycopy(inputs.get(r), pads * width, packed, at, (columns - pads) * width);
            at += (columns - pads) * width;
        }
        float[] out = subject.transformer.forward(TEAM, spans, packed, (layer, residual) -> {
            float[] expected = expectedLayers.get(layer);
            if (expected != null) {
                var split = split(residual, mask, width);
                for (int r = 0; r < mask.length; r++) {
                    subject.hidden.check(
                            "layer %d, row %d".formatted(layer, r),
                            split.get(r),
                            GoldenTensors.rows(expected, r * columns + pads(mask[r]), (r + 1) * columns, width));
                }
            }
        });
        return split(out, mask, width);
    }

    private static List<float[]> split(float[] packed, int[][] mask, int width) {
        var result = new ArrayList<float[]>();
        int at = 0;
        for (int[] m : mask) {
            int n = m.length - pads(m);
            result.add(GoldenTensors.rows(packed, at, at + n, width));
            at += n;
        }
        return result;
    }

    @ParameterizedTest
    @MethodSource("incrementals")
    void oneTokenAtATimeEqualsOnePass(Path file) {
        try (var subject = new Subject(file, "_incremental.safetensors");
                var golden = GoldenTensors.open(file)) {
            int[][] ids = golden.idRows("prompt_ids");
            int[][] mask = golden.idRows("prompt_mask");
            int width = subject.transformer.hiddenSize();
            int dim = subject.directory.config().tokenDimension();
            int prompt = ids[0].length;
            var latents = golden.tensor("prompt_latents");
            int patch = subject.directory.config().patchSize();
            int perRow = latents.dimension(2) * latents.dimension(3) / patch / patch;
            var patchifier = new dev.nextstep.vae.Patchifier(patch);
            var tokens = new float[ids.length * perRow * dim];
            for (int r = 0; r < ids.length; r++) {
                int plane = (int) (latents.elements() / ids.length);
                var planes = new dev.nextstep.vae.Planes(
                        latents.dimension(1),
                        latents.dimension(2),
                        latents.dimension(3),
                        Arrays.copyOfRange(latents.toFloats(), r * plane, (r + 1) * plane));
                System.arraycopy(patchifier.patchify(planes), 0, tokens, r * perRow * dim, perRow * dim);
            }
            var inputs = withPictures(subject, ids, tokens, perRow);
            float[] steps = golden.floats("tokens");
            int count = golden.tensor("tokens").dimension(1);
            float[] prefillExpected = golden.floats("prefill_hidden");
            float[] stepExpected = golden.floats("step_hidden");
            float[] parallelExpected = golden.floats("parallel_hidden");
            for (int r = 0; r < ids.length; r++) {
                int pads = pads(mask[r]);
                int n = prompt - pads;
                float[] text = GoldenTensors.rows(inputs.get(r), pads, prompt, width);
                float[] pictures = subject.projectors.embed(
                        TEAM, GoldenTensors.rows(steps, r * count, (r + 1) * count, dim), count);
                var cache = subject.transformer.newCache(pads, 1); // grows on the way
                float[] prefill = subject.transformer.forward(TEAM, List.of(new Span(cache, n)), text);
                subject.hidden.check(
                        "prefill of row " + r,
                        prefill,
                        GoldenTensors.rows(prefillExpected, r * prompt + pads, (r + 1) * prompt, width));
                var stepped = new float[count * width];
                for (int i = 0; i < count; i++) {
                    float[] one = subject.transformer.forward(
                            TEAM, List.of(new Span(cache, 1)), GoldenTensors.rows(pictures, i, i + 1, width));
                    System.arraycopy(one, 0, stepped, i * width, width);
                }
                subject.hidden.check(
                        "steps of row " + r,
                        stepped,
                        GoldenTensors.rows(stepExpected, r * count, (r + 1) * count, width));
                var all = new float[(n + count) * width];
                System.arraycopy(text, 0, all, 0, n * width);
                System.arraycopy(pictures, 0, all, n * width, count * width);
                var fresh = subject.transformer.newCache(pads, n + count);
                float[] parallel = subject.transformer.forward(TEAM, List.of(new Span(fresh, n + count)), all);
                int columns = prompt + count;
                subject.hidden.check(
                        "one pass, row " + r,
                        parallel,
                        GoldenTensors.rows(parallelExpected, r * columns + pads, (r + 1) * columns, width));
                assertThat(GoldenTensors.rows(parallel, n, n + count, width))
                        .as("the same bits from steps and from one pass, row %d", r)
                        .containsExactly(stepped);
                compareCache(subject, golden, cache, r, pads, columns);
            }
        }
    }

    private static void compareCache(
            Subject subject, GoldenTensors golden, KvCache cache, int row, int pads, int columns) {
        var keys = golden.tensor("key_cache_layer0");
        int heads = keys.dimension(1);
        int headDim = keys.dimension(3);
        float[] expectedKeys = keys.toFloats();
        float[] expectedValues = golden.floats("value_cache_layer0");
        int stride = (headDim + 15) / 16 * 16;
        var pages = cache.layer(0);
        int perPage = pages.pageLength();
        var scratch = new float[perPage * stride];
        for (int h = 0; h < heads; h++) {
            for (int p = pads; p < columns; p++) {
                int page = (p - pads) / perPage;
                int inPage = (p - pads) % perPage * stride;
                int key = pages.keysFrom(page, h) + inPage;
                int value = pages.valuesFrom(page, h) + inPage;
                int from = ((row * heads + h) * columns + p) * headDim;
                subject.hidden.check(
                        "key of head %d at %d".formatted(h, p),
                        Arrays.copyOfRange(pages.keys(page, h, scratch), key, key + headDim),
                        Arrays.copyOfRange(expectedKeys, from, from + headDim));
                subject.hidden.check(
                        "value of head %d at %d".formatted(h, p),
                        Arrays.copyOfRange(pages.values(page, h, scratch), value, value + headDim),
                        Arrays.copyOfRange(expectedValues, from, from + headDim));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("greedyTexts")
    void greedyText(Path file) {
        try (var subject = new Subject(file, "_greedy_text.safetensors");
                var golden = GoldenTensors.open(file)) {
            int[][] ids = golden.idRows("input_ids");
            int[][] mask = golden.idRows("attention_mask");
            int[][] expectedIds = golden.idRows("new_ids");
            float[] expectedLogits = golden.floats("logits");
            int vocabulary = golden.tensor("logits").dimension(2);
            int width = subject.transformer.hiddenSize();
            int steps = expectedIds[0].length;
            for (int r = 0; r < ids.length; r++) {
                int pads = pads(mask[r]);
                int n = ids[r].length - pads;
                var cache = subject.transformer.newCache(pads, n);
                float[] input = GoldenTensors.rows(embed(subject, ids[r]), pads, ids[r].length, width);
                float[] hidden = subject.transformer.forward(TEAM, List.of(new Span(cache, n)), input);
                int last = n - 1;
                for (int i = 0; i < steps; i++) {
                    float[] logits = subject.head.logits(TEAM, hidden, last);
                    subject.logits.check(
                            "logits of row %d, step %d".formatted(r, i),
                            logits,
                            GoldenTensors.rows(expectedLogits, r * steps + i, r * steps + i + 1, vocabulary));
                    int best = 0;
                    for (int id = 1; id < logits.length; id++) {
                        best = logits[id] > logits[best] ? id : best;
                    }
                    assertThat(best).as("row %d, step %d", r, i).isEqualTo(expectedIds[r][i]);
                    hidden = subject.transformer.forward(
                            TEAM, List.of(new Span(cache, 1)), embed(subject, new int[] {best}));
                    last = 0;
                }
            }
        }
    }

    @Test
    void rmsNorm() {
        var file = Golden.folder("lm/transformer").resolve("rmsnorm.safetensors");
        try (var golden = GoldenTensors.open(file)) {
            float[] weight = golden.floats("rms_weight");
            float[] x = golden.floats("rms_x");
            for (var entry : Map.of("rms_out", 1e-5f, "rms_out_eps1e-6", 1e-6f).entrySet()) {
                var y = new float[x.length];
                Norms.rms(x, x.length / weight.length, weight, entry.getValue(), Precision.FP32, y);
                float[] expected = golden.floats(entry.getKey());
                for (int i = 0; i < y.length; i++) {
                    assertThat((double) y[i])
                            .as("%s[%d]", entry.getKey(), i)
                            .isCloseTo(expected[i], within(2e-6 * Math.max(1, Math.abs(expected[i]))));
                }
            }
            float[] rounded = golden.floats("rms_bf16_x");
            var y = new float[rounded.length];
            float[] roundedWeight = golden.floats("rms_bf16_weight");
            Norms.rms(rounded, y.length / roundedWeight.length, roundedWeight, 1e-5f, Precision.REFERENCE_BF16, y);
            assertThat(y).as("bf16, exact").containsExactly(golden.floats("rms_bf16_out"));
        }
    }

    @Test
    void rope() {
        var file = Golden.folder("lm/transformer").resolve("rope.safetensors");
        try (var golden = GoldenTensors.open(file)) {
            long[] positions = golden.longs("positions");
            int found = 0;
            for (int headDim = 2; headDim <= 1024; headDim += 2) {
                if (!golden.has("q_d" + headDim)) {
                    continue;
                }
                found++;
                double tolerance = headDim > 64 ? 3e-4 : 1e-6;
                compareTables(golden, "fp32", headDim, positions, RopeFrequencies.FP32, Precision.FP32, tolerance);
                compareTables(golden, "castfreq_fp32", headDim, positions, RopeFrequencies.BF16, Precision.FP32, 1e-6);
                compareTables(
                        golden, "castfreq_bf16", headDim, positions, RopeFrequencies.BF16, Precision.REFERENCE_BF16, 0);
                var rotary = new RotaryEmbedding(headDim, 1e6, RopeFrequencies.FP32, Precision.FP32);
                for (String name : List.of("q", "k")) {
                    float[] x = golden.floats(name + "_d" + headDim);
                    float[] expected = golden.floats(name + "_rot_d" + headDim);
                    int heads = golden.tensor(name + "_d" + headDim).dimension(0);
                    for (int h = 0; h < heads; h++) {
                        for (int p = 0; p < positions.length; p++) {
                            rotary.rotate(x, (h * positions.length + p) * headDim, 1, (int) positions[p]);
                        }
                    }
                    assertThat(Golden.maxDifference(x, expected))
                            .as(name + headDim)
                            .isLessThanOrEqualTo(4 * tolerance);
                }
            }
            assertThat(found).as("head sizes").isPositive();
        }
    }

    private static void compareTables(
            GoldenTensors golden,
            String kind,
            int headDim,
            long[] positions,
            RopeFrequencies frequencies,
            Precision precision,
            double tolerance) {
        var rotary = new RotaryEmbedding(headDim, 1e6, frequencies, precision);
        float[] cos = golden.floats("cos_%s_d%d".formatted(kind, headDim));
        float[] sin = golden.floats("sin_%s_d%d".formatted(kind, headDim));
        int half = headDim / 2;
        for (int p = 0; p < positions.length; p++) {
            for (int copy = 0; copy < 2; copy++) {
                int from = p * headDim + copy * half;
                assertThat(Golden.maxDifference(
                                rotary.cos((int) positions[p]), Arrays.copyOfRange(cos, from, from + half)))
                        .as("cos %s d%d at %d", kind, headDim, positions[p])
                        .isLessThanOrEqualTo(tolerance);
                assertThat(Golden.maxDifference(
                                rotary.sin((int) positions[p]), Arrays.copyOfRange(sin, from, from + half)))
                        .as("sin %s d%d at %d", kind, headDim, positions[p])
                        .isLessThanOrEqualTo(tolerance);
            }
        }
    }

    private static float[] embed(Subject subject, int[] ids) {
        int width = subject.transformer.hiddenSize();
        var x = new float[ids.length * width];
        for (int i = 0; i < ids.length; i++) {
            subject.transformer.embed(ids[i], x, i * width);
        }
        return x;
    }

    private static int pads(int[] mask) {
        int pads = 0;
        while (mask[pads] == 0) {
            pads++;
        }
        return pads;
    }
}
