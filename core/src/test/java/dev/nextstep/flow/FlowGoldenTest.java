package dev.nextstep.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import dev.nextstep.testing.Golden;
import dev.nextstep.testing.GoldenTensors;
import dev.nextstep.testing.ParityReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The flow head and every sampler, one token at a time, with the official code's recorded noise. */
class FlowGoldenTest {
    private static final ThreadTeam TEAM = ThreadTeam.of(2);

    @AfterAll
    static void endTeam() {
        TEAM.close();
    }

    private static void check(String what, float[] actual, float[] expected, double max, double rms) {
        String kind = "flow: "
                + what.replaceAll("_n[0-9].*? ", " ").replaceAll("[0-9]+.*", "").strip();
        ParityReport.note(kind + (max > 1e-3 ? ", bf16" : ""), Golden.maxDifference(actual, expected), max);
        assertThat(Golden.maxDifference(actual, expected)).as(what).isLessThanOrEqualTo(max);
        assertThat(Golden.rmsDifference(actual, expected)).as(what + " (rms)").isLessThanOrEqualTo(rms);
    }

    static Stream<Path> heads() {
        return Golden.files(Golden.folder("lm/head"), ".safetensors").stream();
    }

    @ParameterizedTest
    @MethodSource("heads")
    void velocityAndEverythingOnTheWay(Path file) {
        String name = file.getFileName().toString().replace(".safetensors", "");
        boolean bf16 = name.endsWith("_bf16");
        double max = bf16 ? 0.03 : 1e-5;
        double rms = bf16 ? 0.01 : 1e-5;
        try (var model = ModelDirectory.open(Golden.folder("lm/" + name.replace("_bf16", "")));
                var golden = GoldenTensors.open(file)) {
            var head = new FlowHead(model.config(), model.tensors(), bf16 ? Precision.REFERENCE_BF16 : Precision.FP32);
            float[] x = golden.floats("x");
            float[] t = golden.floats("t");
            int n = t.length;
            check("time features", head.timeEmbedding().features(t), golden.floats("time_features"), max, rms);
            float[] times = head.timeEmbedding().embed(TEAM, t);
            check("time embedding", times, golden.floats("time_embedding"), max, rms);
            float[] conditions = head.embedCondition(TEAM, golden.floats("c"), n);
            check("condition embedding", conditions, golden.floats("cond_embedding"), max, rms);
            var velocities = new float[x.length];
            for (int i = 0; i < n; i++) { // each row has a time of its own
                int row = i;
                int width = head.width();
                var modulations = head.modulations(
                        TEAM,
                        GoldenTensors.rows(times, i, i + 1, width),
                        GoldenTensors.rows(conditions, i, i + 1, width));
                float[] one = GoldenTensors.rows(x, i, i + 1, head.tokenDim());
                var seen = new ArrayList<String>();
                float[] v = head.velocity(TEAM, modulations, 0, one, 1, 1, (stage, values) -> {
                    seen.add(stage);
                    String tensor = stage.equals("input") ? "input_projected" : stage.replace("block", "after_block_");
                    check(
                            stage + " of row " + row,
                            values,
                            GoldenTensors.rows(golden.floats(tensor), row, row + 1, width),
                            max,
                            rms);
                });
                assertThat(seen).hasSize(1 + model.config().flowHeadLayers());
                System.arraycopy(v, 0, velocities, i * v.length, v.length);
            }
            check("velocity", velocities, golden.floats("velocity"), max, rms);
        }
    }

    static Stream<JsonNode> augustCases() {
        var index = Golden.json(Golden.folder("lm/sampler").resolve("index.json"));
        assertThat(index.size()).as("cases").isPositive();
        return StreamSupport.stream(index.spliterator(), false);
    }

    /** S1 and S2: state before each step, time, unguided velocities, token. */
    @ParameterizedTest
    @MethodSource("augustCases")
    void augustSamplers(JsonNode c) {
        boolean bf16 = c.get("dtype").asText().equals("bfloat16");
        String modelName = c.get("model").asText().replace("_bf16", "");
        try (var model = ModelDirectory.open(Golden.folder("lm/" + modelName));
                var golden = GoldenTensors.open(
                        Golden.folder("lm/sampler").resolve(c.get("file").asText()))) {
            var head = new FlowHead(model.config(), model.tensors(), bf16 ? Precision.REFERENCE_BF16 : Precision.FP32);
            int samples = c.get("samples").asInt();
            int m = c.get("cfg_rows").asInt();
            int dim = head.tokenDim();
            float[] noise = golden.floats("noise");
            int perDraw = golden.tensor("noise").dimension(1);
            var guidance = new Guidance(
                    (float) c.get("cfg").asDouble(),
                    (float) c.get("cfg_img").asDouble(),
                    GuidanceSchedule.CONSTANT,
                    Guidance.NormLimit.OFF);
            var sampler = Sampler.of(c.get("sampler").asText());
            int steps = c.get("steps").asInt();
            assertThat(sampler.draws(steps))
                    .as("draws")
                    .isEqualTo(c.get("draws").asInt());
            var tokens = new TokenSampler(
                    TEAM, head, sampler, steps, (float) c.get("timesteps_shift").asDouble(), guidance);
            float[] states = golden.floats("x");
            float[] rows = golden.floats("velocity_rows");
            float[] times = golden.floats("t");
            double max = bf16 ? 0.12 : 5e-5;
            double rms = bf16 ? 0.04 : 5e-5;
            for (int i = 0; i < times.length; i++) {
                float time = tokens.grid().evaluations()[i];
                assertThat((double) (bf16 ? dev.nextstep.kernel.Bf16.round(time) : time))
                        .as("time %d as the network receives it", i)
                        .isCloseTo(times[i], org.assertj.core.data.Offset.offset(bf16 ? 0 : 2e-7));
            }
            float[] token = tokens.sample(
                    TEAM,
                    golden.floats("c"),
                    samples,
                    m,
                    0,
                    1,
                    (draw, target) -> {
                        for (int i = 0; i < samples; i++) {
                            System.arraycopy(noise, (draw * perDraw + i % perDraw) * dim, target, i * dim, dim);
                        }
                    },
                    (evaluation, x, unguided, guided) -> {
                        check(
                                "state " + evaluation,
                                x,
                                GoldenTensors.rows(states, evaluation * samples, (evaluation + 1) * samples, dim),
                                max,
                                rms);
                        float[] expected =
                                GoldenTensors.rows(rows, evaluation * samples * m, (evaluation + 1) * samples * m, dim);
                        check("velocities " + evaluation, unguided, expected, max, rms);
                    });
            check("token", token, golden.floats("token"), max, rms);
        }
    }

    static Stream<JsonNode> februaryCases() {
        var cases = Golden.json(Golden.folder("feb/sampler-s3").resolve("cases.json"))
                .get("cases");
        assertThat(cases.size()).as("cases").isPositive();
        return StreamSupport.stream(cases.spliterator(), false);
    }

    /** S3: state after each step and guided velocity, fp32 and bf16. */
    @ParameterizedTest
    @MethodSource("februaryCases")
    void februarySamplers(JsonNode c) {
        var folder = Golden.folder("feb/sampler-s3");
        for (var precision : Precision.values()) {
            boolean bf16 = precision == Precision.REFERENCE_BF16;
            var results = folder.resolve(bf16 ? "bf16.safetensors" : "fp32.safetensors");
            if (bf16 && !java.nio.file.Files.exists(results)) {
                continue; // the compact selection carries the fp32 runs
            }
            try (var model = ModelDirectory.open(Golden.folder("feb/tiny-feb"));
                    var inputs = GoldenTensors.open(folder.resolve("inputs.safetensors"));
                    var golden = GoldenTensors.open(results)) {
                var weights = bf16 ? new dev.nextstep.testing.RoundedSource(model.tensors()) : model.tensors();
                var head = new FlowHead(model.config(), weights, precision);
                int dim = head.tokenDim();
                int hidden = model.config().hiddenSize();
                float[] all = inputs.floats(bf16 ? "c_bf16" : "c");
                var wanted = c.get("c_rows");
                var conditions = new float[wanted.size() * hidden];
                for (int r = 0; r < wanted.size(); r++) {
                    System.arraycopy(all, wanted.get(r).asInt() * hidden, conditions, r * hidden, hidden);
                }
                int m = c.get("cfg_rows").asInt();
                int n = wanted.size() / m;
                float[] noise0 = inputs.floats("noise0");
                float[] stepNoise = inputs.floats("step_noise");
                var guidance = new Guidance(
                        (float) c.get("cfg").asDouble(),
                        (float) c.get("cfg_img").asDouble(),
                        GuidanceSchedule.CONSTANT,
                        Guidance.NormLimit.OFF);
                int steps = c.get("steps").asInt();
                var sampler = Sampler.of(
                        c.get("sde_type").asText(), (float) c.get("noise_level").asDouble());
                assertThat(sampler.draws(steps))
                        .as("draws")
                        .isEqualTo(c.get("draws").asInt());
                var tokens = new TokenSampler(
                        TEAM, head, sampler, steps, (float) c.get("shift").asDouble(), guidance);
                String name = c.get("name").asText();
                check(
                        "grid",
                        tokens.grid().points(),
                        golden.floats(c.get("grid").asText() + ".t"),
                        2e-7,
                        2e-7);
                float[] received = tokens.grid().evaluations().clone();
                if (bf16) {
                    dev.nextstep.kernel.Bf16.round(received);
                }
                check(
                        "time",
                        received,
                        golden.floats(c.get("grid").asText() + ".t_net"),
                        bf16 ? 0 : 2e-7,
                        bf16 ? 0 : 2e-7);
                float[] states = golden.floats(name + ".x");
                float[] velocities = golden.floats(name + ".v");
                double largest = 1;
                for (float v : states) {
                    largest = Math.max(largest, Math.abs(v));
                }
                double tolerance = bf16 ? 4e-2 * largest : 5e-5;
                double velocityTolerance = tolerance * (bf16 ? 3 : 1);
                float[] token = tokens.sample(
                        TEAM,
                        conditions,
                        n,
                        m,
                        0,
                        1,
                        (draw, target) -> {
                            for (int i = 0; i < target.length; i++) {
                                float value = draw == 0 ? noise0[i] : stepNoise[(draw - 1) * target.length + i];
                                target[i] = bf16 ? dev.nextstep.kernel.Bf16.round(value) : value;
                            }
                        },
                        (evaluation, x, unguided, guided) -> {
                            if (evaluation > 0) {
                                check(
                                        name + " state " + evaluation,
                                        x,
                                        GoldenTensors.rows(states, (evaluation - 1) * n, evaluation * n, dim),
                                        tolerance,
                                        tolerance);
                            }
                            check(
                                    name + " velocity " + evaluation,
                                    guided,
                                    GoldenTensors.rows(velocities, evaluation * n, (evaluation + 1) * n, dim),
                                    velocityTolerance,
                                    velocityTolerance);
                        });
                check(name + " token", token, golden.floats(name + ".out"), tolerance, tolerance);
            }
        }
    }

    @Test
    void guidanceFormula() {
        var folder = Golden.folder("feb/sampler-s3");
        var description = Golden.json(folder.resolve("guidance.json"));
        try (var golden = GoldenTensors.open(folder.resolve("guidance.safetensors"))) {
            float[] rows = golden.floats("v_rows");
            int dim = golden.tensor("v_rows").dimension(1);
            int n = golden.tensor("v_rows").dimension(0) / 3;
            assertThat(description.get("cases").size()).isPositive();
            for (var c : description.get("cases")) {
                int m = c.get("cfg_rows").asInt();
                var used = new float[m * n * dim];
                System.arraycopy(rows, 0, used, 0, n * dim);
                if (m == 3) {
                    System.arraycopy(rows, n * dim, used, n * dim, n * dim);
                }
                System.arraycopy(rows, 2 * n * dim, used, (m - 1) * n * dim, n * dim);
                float text = (float) c.get("cfg").asDouble();
                float image = (float) c.get("cfg_img").asDouble();
                var limit = c.get("normalize").asBoolean() ? Guidance.NormLimit.ON : Guidance.NormLimit.OFF;
                var out = new float[n * dim];
                new Guidance(text, image, GuidanceSchedule.CONSTANT, limit).combine(used, n, m, text, image, out);
                String name = c.get("name").asText();
                check(name, out, golden.floats(name), 5e-5, 5e-5);
            }
        }
    }

    @Test
    void guidedVelocityFromHiddenStates() {
        var folder = Golden.folder("feb/sampler-s3");
        var settings = Golden.json(folder.resolve("guidance.json")).get("forward_head");
        try (var model = ModelDirectory.open(Golden.folder("feb/tiny-feb"));
                var inputs = GoldenTensors.open(folder.resolve("inputs.safetensors"));
                var golden = GoldenTensors.open(folder.resolve("guidance.safetensors"))) {
            var head = new FlowHead(model.config(), model.tensors(), Precision.FP32);
            var projectors = new Projectors(model.config(), model.tensors(), Precision.FP32);
            float text = (float) settings.get("cfg").asDouble();
            float image = (float) settings.get("cfg_img").asDouble();
            var limit = settings.get("normalize").asBoolean() ? Guidance.NormLimit.ON : Guidance.NormLimit.OFF;
            int hidden = model.config().hiddenSize();
            float[] all = inputs.floats("hidden");
            int n = inputs.tensor("hidden").dimension(0) / 3;
            float[] times = head.timeEmbedding()
                    .embed(TEAM, new float[] {(float) settings.get("t").asDouble()});
            for (int m = 1; m <= 3; m++) {
                var rows = new ArrayList<float[]>(List.of(GoldenTensors.rows(all, 0, n, hidden)));
                if (m == 3) {
                    rows.add(GoldenTensors.rows(all, n, 2 * n, hidden));
                }
                if (m >= 2) {
                    rows.add(GoldenTensors.rows(all, 2 * n, 3 * n, hidden));
                }
                var states = new float[m * n * hidden];
                for (int b = 0; b < m; b++) {
                    System.arraycopy(rows.get(b), 0, states, b * n * hidden, n * hidden);
                }
                float[] c = projectors.condition(TEAM, states, m * n);
                var modulations = head.modulations(TEAM, times, head.embedCondition(TEAM, c, m * n));
                float[] x = golden.floats("fh_m" + m + ".x"); // a state for each row, guidance rows included
                float[] v = head.velocity(TEAM, modulations, 0, x, m * n, 1);
                var out = new float[n * head.tokenDim()];
                new Guidance(text, image, GuidanceSchedule.CONSTANT, limit).combine(v, n, m, text, image, out);
                check("m = " + m, out, golden.floats("fh_m" + m + ".v"), 5e-5, 5e-5);
            }
        }
    }

    @Test
    void timeGrids() {
        var folder = Golden.folder("feb/schedules");
        var cases = Golden.json(folder.resolve("time_grids.json")).get("cases");
        assertThat(cases.size()).isPositive();
        try (var golden = GoldenTensors.open(folder.resolve("time_grids.safetensors"))) {
            for (var c : cases) {
                var grid = FlowOde.EULER.grid(
                        c.get("steps").asInt(), (float) c.get("shift").asDouble());
                String name = c.get("name").asText();
                check(name, grid.points(), golden.floats(name), 2e-7, 2e-7);
            }
        }
    }

    @Test
    void increasingLinearGuidance() {
        var cases = Golden.json(Golden.folder("feb/schedules").resolve("guidance_linear.json"))
                .get("cases");
        assertThat(cases.size()).isPositive();
        for (var c : cases) {
            int total = c.get("tokens").asInt();
            for (int i = 0; i < total; i++) {
                for (String kind : List.of("cfg", "cfg_img")) {
                    float scale = (float) c.get(kind).asDouble();
                    assertThat((double) GuidanceSchedule.LINEAR_INCREASING.at(scale, i, total))
                            .as("%s %s of %d at %d", kind, scale, total, i)
                            .isCloseTo(
                                    c.get(kind + "_per_token").get(i).asDouble(),
                                    org.assertj.core.data.Offset.offset(1e-5));
                }
            }
        }
    }
}
