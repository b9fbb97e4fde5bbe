package dev.nextstep.engine;

import dev.nextstep.flow.TokenSampler;
import dev.nextstep.tensor.Finite;
import dev.nextstep.transformer.KvCache;
import dev.nextstep.transformer.Span;
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
     * @param caches m·n sequences, guidance blocks one after another
     * @param lastHidden hidden states of their last positions [m·n, hidden]
     * @param pictures n
     * @param firstPicture index of the first picture in the noise source
     * @param total tokens of a picture
     * @return tokens [n, total, tokenDim]
     * @throws dev.nextstep.tensor.TensorException if a token is not finite, which damaged weights cause
     */
    float[] run(List<KvCache> caches, float[] lastHidden, int pictures, int firstPicture, int total) {
        var transformer = model.transformer();
        var projectors = model.projectors();
        var team = model.team();
        int dim = model.flowHead().tokenDim();
        int hiddenSize = transformer.hiddenSize();
        int rows = caches.size();
        int guidanceRows = rows / pictures;
        var sampler = new TokenSampler(
                team,
                model.flowHead(),
                settings.sampler(),
                settings.steps(),
                settings.timestepShift(),
                settings.guidance());
        var spans = caches.stream().map(cache -> new Span(cache, 1)).toList();
        var tokens = new float[pictures * total * dim];
        float[] hidden = lastHidden;
        for (int token = 0; token < total; token++) {
            cancellation.check();
            model.generationPositions().add(hidden, rows, token);
            float[] condition = token == 0
                    ? projectors.firstCondition(team, hidden, rows)
                    : projectors.condition(team, hidden, rows);
            observer.sampling(token, hidden, condition);
            int index = token;
            float[] sampled = sampler.sample(team, condition, pictures, guidanceRows, token, total, (draw, target) -> {
                for (int p = 0; p < pictures; p++) {
                    noise.fill(firstPicture + p, index, draw, target, p * dim, dim);
                }
            });
            Finite.require(
                    sampled,
                    "%s: image token %d of %d"
                            .formatted(model.directory().tensors().origin(), token + 1, total));
            if (settings.normalization() == TokenNormalization.ON) {
                projectors.normalize(sampled, pictures);
            }
            for (int p = 0; p < pictures; p++) {
                System.arraycopy(sampled, p * dim, tokens, (p * total + token) * dim, dim);
            }
            observer.sampled(token + 1, total, tokens);
            if (token + 1 < total) {
                float[] embedded = projectors.embed(team, sampled, pictures);
                var inputs = new float[rows * hiddenSize];
                for (int block = 0; block < guidanceRows; block++) {
                    System.arraycopy(embedded, 0, inputs, block * embedded.length, embedded.length);
                }
                hidden = transformer.forward(team, spans, inputs);
            }
        }
        return tokens;
    }
}
