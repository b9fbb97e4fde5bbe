package dev.nextstep.train.plan;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.train.model.GradientCheckpointing;

/**
 * Floating-point operations of a step, a multiply-add counted as two. A product with a weight matrix of n numbers takes 2n for
 * each row forward and 4n backward.
 *
 * <pre>
 * transformer   6 · (weights of the blocks' matrices) · positions
 * attention     12 · layers · heads · headDim · rowLength · positions      (the whole square: that is what is computed)
 * LM head       6 · vocabulary · hidden · labels
 * projectors    4 · tokenDim · hidden · image tokens + 6 · hidden² · learned tokens
 * flow head     6 · (its matrices but cond_embed) · learned · copies + 6 · (cond_embed) · learned
 * recomputed    a third of transformer and attention, with gradient checkpointing
 * </pre>
 *
 * Norms, activations, losses and AdamW go over each number a few times and are not counted.
 *
 * @param transformer matrices of the blocks
 * @param attention scores and mixtures of values
 * @param lmHead logits
 * @param projectors image tokens in, conditions out
 * @param flowHead velocities of all copies
 * @param recomputed blocks a second time forward
 * @param imageTokenizer what is done with pixels: encoding of pictures, or all of the training of a tokenizer
 * @param optimizer Newton–Schulz iterations
 */
public record StepFlops(
        double transformer,
        double attention,
        double lmHead,
        double projectors,
        double flowHead,
        double recomputed,
        double imageTokenizer,
        double optimizer) {
    private static final double FORWARD = 2;
    private static final double BOTH_WAYS = 6;
    private static final double TIME_FEATURES = 256;

    /**
     * Of a model.
     *
     * @param tokens of the step
     * @param copies of each learned token
     * @param imageTokenizer of encoding the step's pictures
     * @param optimizer of the optimisers
     */
    static StepFlops of(
            ModelConfig config,
            StepTokens tokens,
            int copies,
            GradientCheckpointing checkpointing,
            double imageTokenizer,
            double optimizer) {
        double hidden = config.hiddenSize();
        double queries = (double) config.attentionHeads() * config.headDimension();
        double keys = (double) config.keyValueHeads() * config.headDimension();
        double block = 2 * queries * hidden + 2 * keys * hidden + 3 * hidden * config.intermediateSize();
        double transformer = BOTH_WAYS * config.layers() * block * tokens.positions();
        double attention = 2 * BOTH_WAYS * config.layers() * queries * tokens.rowLength() * tokens.positions();
        double width = config.flowHeadWidth();
        double token = config.tokenDimension();
        double perCopy = TIME_FEATURES * width
                + width * width
                + 2 * token * width
                + config.flowHeadLayers() * 5 * width * width
                + 2 * width * width;
        return new StepFlops(
                transformer,
                attention,
                BOTH_WAYS * config.vocabularySize() * hidden * tokens.text(),
                2 * FORWARD * token * hidden * tokens.image() + BOTH_WAYS * hidden * hidden * tokens.learned(),
                BOTH_WAYS * (perCopy * copies + hidden * width) * tokens.learned(),
                checkpointing == GradientCheckpointing.BLOCKS ? (transformer + attention) / 3 : 0,
                imageTokenizer,
                optimizer);
    }

    /** All of it. */
    public double total() {
        return transformer + attention + lmHead + projectors + flowHead + recomputed + imageTokenizer + optimizer;
    }
}
