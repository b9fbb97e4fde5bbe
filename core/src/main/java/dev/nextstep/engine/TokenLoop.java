package dev.nextstep.engine;

import dev.nextstep.tensor.Finite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Draws image tokens behind sequences that have been read (spec §7.4): condition → token → embedding → transformer step.
 * There is no step after the last token.
 */
final class TokenLoop {
    private final LoadedModel model;
    private final SamplingSettings settings;
    private final NoiseSource noise;
    private final DrawingObserver observer;
    private final Cancellation cancellation;

    TokenLoop(
            LoadedModel model,
            SamplingSettings settings,
            NoiseSource noise,
            DrawingObserver observer,
            Cancellation cancellation) {
        this.model = model;
        this.settings = settings;
        this.noise = noise;
        this.observer = observer;
        this.cancellation = cancellation;
    }

    /**
     * Draws {@code total} tokens of each of n pictures.
     *
     * @param sequences m·n sequences, guidance blocks one after another
     * @param lastHidden hidden states of their last positions [m·n, hidden]
     * @param pictures n
     * @param firstPicture index of the first picture in the noise source
     * @param total tokens of a picture
     * @return tokens [n, total, tokenDim]
     * @throws dev.nextstep.tensor.TensorException if a token is not finite, which damaged weights cause
     */
    float[] run(List<Sequence> sequences, float[] lastHidden, int pictures, int firstPicture, int total) {
        var backend = model.backend();
        int dim = backend.tokenDim();
        int hiddenSize = backend.hiddenSize();
        int rows = sequences.size();
        int guidanceRows = rows / pictures;
        var spans = sequences.stream()
                .map(sequence -> new SequenceSpan(sequence, 1))
                .toList();
        var tokens = new float[pictures * total * dim];
        var indices = new int[rows];
        float[] hidden = lastHidden;
        for (int token = 0; token < total; token++) {
            cancellation.check();
            model.generationPositions().add(hidden, rows, token);
            Arrays.fill(indices, token);
            float[] condition = backend.conditions(hidden, indices);
            observer.sampling(token, hidden, condition);
            float[] sampled = backend.sample(
                    draws(token, total, pictures, firstPicture, guidanceRows), byPicture(condition, pictures));
            Finite.require(
                    sampled,
                    "%s: image token %d of %d"
                            .formatted(model.directory().tensors().origin(), token + 1, total));
            if (settings.normalization() == TokenNormalization.ON) {
                sampled = backend.normalize(sampled, pictures);
            }
            for (int p = 0; p < pictures; p++) {
                System.arraycopy(sampled, p * dim, tokens, (p * total + token) * dim, dim);
            }
            observer.sampled(token + 1, total, tokens);
            if (token + 1 < total) {
                float[] embedded = backend.embedTokens(sampled, pictures);
                var inputs = new float[rows * hiddenSize];
                for (int block = 0; block < guidanceRows; block++) {
                    System.arraycopy(embedded, 0, inputs, block * embedded.length, embedded.length);
                }
                hidden = backend.forward(spans, inputs);
            }
        }
        return tokens;
    }

    private List<TokenDraw> draws(int token, int total, int pictures, int firstPicture, int guidanceRows) {
        var draws = new ArrayList<TokenDraw>(pictures);
        for (int p = 0; p < pictures; p++) {
            int picture = firstPicture + p;
            draws.add(new TokenDraw(
                    settings.sampler(),
                    settings.steps(),
                    settings.timestepShift(),
                    settings.guidance(),
                    guidanceRows,
                    token,
                    total,
                    (draw, target) -> noise.fill(picture, token, draw, target, 0, target.length)));
        }
        return draws;
    }

    // Guidance blocks one after another → the rows of each picture one after another.
    private float[] byPicture(float[] blocks, int pictures) {
        int width = model.backend().hiddenSize();
        int guidanceRows = blocks.length / width / pictures;
        var rows = new float[blocks.length];
        for (int p = 0; p < pictures; p++) {
            for (int block = 0; block < guidanceRows; block++) {
                System.arraycopy(
                        blocks, (block * pictures + p) * width, rows, (p * guidanceRows + block) * width, width);
            }
        }
        return rows;
    }
}
