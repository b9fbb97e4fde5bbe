package dev.nextstep.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.engine.SeededNoise;
import dev.nextstep.flow.FlowHead;
import dev.nextstep.flow.Projectors;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import dev.nextstep.testing.Golden;
import dev.nextstep.transformer.RopeFrequencies;
import dev.nextstep.transformer.Span;
import dev.nextstep.transformer.Transformer;
import dev.nextstep.vae.ImageTokenizer;
import dev.nextstep.vae.Planes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code core} and {@code torch} give the same numbers on the same weights: the model that ships. */
class TwoEnginesTest {
    private static final ThreadTeam TEAM = ThreadTeam.of(2);
    private static final SeededNoise NOISE = new SeededNoise(20261122);

    private ModelDirectory model;
    private PointerScope scope;
    private NoGradGuard noGradients;

    /** How near bf16 products come: 8 bits of mantissa, through all layers. */
    private static double allowed(Compute compute, double exact) {
        return switch (compute) {
            case FP32 -> exact;
            case BF16_MIXED -> 0.08;
        };
    }

    @BeforeEach
    void open() {
        model = ModelDirectory.open(Path.of(System.getProperty("project.root"), "models", "emoji"));
        scope = new PointerScope();
        noGradients = new NoGradGuard();
    }

    @AfterEach
    void close() {
        noGradients.close();
        scope.close();
        model.close();
    }

    @AfterAll
    static void endTeam() {
        TEAM.close();
    }

    @ParameterizedTest
    @EnumSource(Compute.class)
    void hiddenStates(Compute compute) {
        var config = model.config();
        int length = 23;
        var ids = new int[length];
        var embedded = new float[length * config.hiddenSize()];
        var core = new Transformer(config, model.tensors(), Precision.FP32, RopeFrequencies.FP32);
        for (int i = 0; i < length; i++) {
            ids[i] = (i * 131 + 7) % 2000;
            core.embed(ids[i], embedded, i * config.hiddenSize());
        }
        var cache = core.newCache(0, length);
        var expected = core.forward(TEAM, List.of(new Span(cache, length)), embedded);

        try (var weights = Weights.read(model.tensors(), ModelShapes.of(config))) {
            var torch = new TorchTransformer(config);
            var step = new StepWeights(weights, compute);
            var hidden = torch.forward(step, torch.embed(step, Tensors.of(ids, 1, length)));
            assertClose(Tensors.toFloats(hidden), expected, allowed(compute, 2e-5));
        }
    }

    @ParameterizedTest
    @EnumSource(Compute.class)
    void velocities(Compute compute) {
        var config = model.config();
        int rows = 5;
        var x = noise(1, rows * config.tokenDimension());
        var hidden = noise(2, rows * config.hiddenSize());
        var times = new float[] {0, 0.2f, 0.5f, 0.77f, 1};
        var head = new FlowHead(config, model.tensors(), Precision.FP32);
        var condition = new Projectors(config, model.tensors(), Precision.FP32).condition(TEAM, hidden, rows);
        var expected = new float[x.length];
        for (int i = 0; i < rows; i++) { // one row at a time, as each has its own time
            int d = config.tokenDimension();
            int h = config.hiddenSize();
            var one = head.embedCondition(TEAM, Arrays.copyOfRange(condition, i * h, (i + 1) * h), 1);
            var modulations = head.modulations(TEAM, head.timeEmbedding().embed(TEAM, new float[] {times[i]}), one);
            var v = head.velocity(TEAM, modulations, 0, Arrays.copyOfRange(x, i * d, (i + 1) * d), 1, 1);
            System.arraycopy(v, 0, expected, i * d, d);
        }

        try (var weights = Weights.read(model.tensors(), ModelShapes.of(config))) {
            var step = new StepWeights(weights, compute);
            var torch = new TorchFlowHead(config);
            var c = new TorchTransformer(config).condition(step, Tensors.of(hidden, rows, config.hiddenSize()));
            var v = torch.velocity(
                    step,
                    Tensors.of(x, rows, config.tokenDimension()),
                    Tensors.of(times, rows),
                    torch.embedCondition(step, c));
            assertClose(Tensors.toFloats(v), expected, allowed(compute, 2e-5));
        }
    }

    @ParameterizedTest
    @EnumSource(Compute.class)
    void latentsAndPixels(Compute compute) {
        var config = model.vae().config();
        int side = 48;
        var pixels = noise(3, 3 * side * side);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) StrictMath.tanh(pixels[i]);
        }
        var core = ImageTokenizer.load(config, model.vae().tensors(), TEAM);
        var latent = core.latent(core.encode(new Planes(3, side, side, pixels)));
        var decoded = core.decode(latent);

        try (var weights = Weights.read(model.vae().tensors(), VaeShapes.of(config))) {
            var step = new StepWeights(weights, compute);
            var torch = new TorchVae(config);
            var z = torch.encode(step, Tensors.of(pixels, 1, 3, side, side));
            assertClose(Tensors.toFloats(z), latent.values(), allowed(compute, 1e-4));
            var again = Tensors.of(latent.values(), 1, config.latentChannels(), latent.height(), latent.width());
            assertClose(Tensors.toFloats(torch.decode(step, again)), decoded.values(), allowed(compute, 1e-4));
        }
    }

    private static float[] noise(int stream, int n) {
        var values = new float[n];
        NOISE.fill(stream, 0, 0, values, 0, n);
        return values;
    }

    private static void assertClose(float[] actual, float[] expected, double allowed) {
        assertThat(actual).hasSameSizeAs(expected);
        double rms = Golden.rmsDifference(expected, new float[expected.length]);
        if (allowed > 1e-2) {
            assertThat(Golden.rmsDifference(actual, expected)).isLessThan(allowed * rms);
        } else {
            double largest = 0;
            for (float v : expected) {
                largest = Math.max(largest, Math.abs(v));
            }
            assertThat(Golden.maxDifference(actual, expected)).isLessThan(allowed * Math.max(1, largest));
        }
    }
}
