package dev.nextstep.cli;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.DrawingJob;
import dev.nextstep.engine.DrawingObserver;
import dev.nextstep.engine.LoadedModel;
import dev.nextstep.engine.SamplingSettings;
import dev.nextstep.engine.TokenNormalization;
import dev.nextstep.flow.EulerMaruyama;
import dev.nextstep.flow.Guidance;
import dev.nextstep.flow.Guidance.NormLimit;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.prompt.BosRule;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.GuidanceLayout;
import dev.nextstep.prompt.PromptBuilder;
import dev.nextstep.prompt.PromptRequest;
import dev.nextstep.prompt.SpecialTokenText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Draws one picture of the default model from recorded noise and compares its tokens with those of the official code
 * (PyTorch 2.5.1, fp32): "a red heart", 4 × 4 tokens, guidance 4, 28 steps of the sampler of August 2025. The numbers
 * ship inside the jar and belong to the weights of one model only.
 */
final class SelfTest {
    /** Largest difference of a token value that rounding explains; tokens are about 1. */
    static final double TOLERANCE = 1e-3;

    private static final String FILE = "self-test.bin";

    /** {@link dev.nextstep.checkpoint.ModelDirectory#weightsHash} of the model that the numbers belong to. */
    private static final String WEIGHTS = "42a75684db537e1a2fe1cae23445f9901462839fd4f258187385165618d5388e";

    private static final String PROMPT = "a red heart";
    private static final Grid GRID = new Grid(4, 4);
    private static final int STEPS = 28;
    private static final int DIM = 64;
    private static final float GUIDANCE = 2;

    private SelfTest() {}

    /** Whether the numbers belong to this model. */
    static boolean fits(LoadedModel model) {
        return model.directory().weightsHash().equals(WEIGHTS);
    }

    /** Largest absolute difference between the tokens drawn here and those of the official code. */
    static double largestDifference(LoadedModel model) {
        float[] recorded = read();
        int noiseValues = GRID.tokens() * STEPS * DIM;
        float[] expected = Arrays.copyOfRange(recorded, noiseValues, recorded.length);
        var prompt = new PromptRequest(
                List.of(PROMPT),
                List.of(),
                1,
                "",
                "",
                GRID,
                GuidanceLayout.of(GUIDANCE, 1, 0),
                SpecialTokenText.AS_TEXT,
                BosRule.IF_PRESENT);
        var job = new DrawingJob(
                new PromptBuilder(model.tokenizer(), model.special()).build(prompt),
                List.of(),
                new SamplingSettings(
                        EulerMaruyama.AUGUST_2025,
                        STEPS,
                        1,
                        new Guidance(GUIDANCE, 1, GuidanceSchedule.CONSTANT, NormLimit.OFF),
                        TokenNormalization.OFF),
                (picture, token, draw, target, at, n) ->
                        System.arraycopy(recorded, (token * STEPS + draw) * DIM, target, at, n));
        float[] tokens = model.engine()
                .submit(job, DrawingObserver.NONE, new Cancellation())
                .await();
        double largest = 0;
        for (int i = 0; i < tokens.length; i++) {
            double d = Math.abs((double) tokens[i] - expected[i]);
            largest = Double.isNaN(d) ? Double.POSITIVE_INFINITY : Math.max(largest, d);
        }
        return largest;
    }

    // Noise [16, 28, 64], then tokens [16, 64], fp32, little-endian.
    private static float[] read() {
        try (var in = SelfTest.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing from the build");
            }
            byte[] bytes = in.readAllBytes();
            var values = new float[bytes.length / Float.BYTES];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
