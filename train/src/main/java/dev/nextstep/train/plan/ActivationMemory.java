package dev.nextstep.train.plan;

import dev.nextstep.checkpoint.ModelConfig;
import dev.nextstep.torch.Compute;

/**
 * Bytes of a part of a step beside weights and gradients, as our own forward pass leaves them: the residual sum, its norms and
 * losses in fp32, what products read and give in their type.
 *
 * @param blocks what all transformer blocks keep for the backward pass
 * @param blockInputs what they keep with gradient checkpointing
 * @param oneBlock what one block keeps, and what it needs beside that while it works
 * @param flowHead what the flow head keeps
 * @param lmHead logits, their softmax and gradients
 */
public record ActivationMemory(double blocks, double blockInputs, double oneBlock, double flowHead, double lmHead) {
    private static final int FLOAT = 4;

    /**
     * Of a part of a step on one device.
     *
     * @param tokens of the part
     * @param masks of attention: one for all rows, or one for each
     * @param copies of each learned token
     */
    static ActivationMemory of(
            ModelConfig config, StepTokens tokens, double masks, int copies, Compute compute, AttentionKernel kernel) {
        double e = compute == Compute.FP32 ? FLOAT : 2;
        double hidden = config.hiddenSize();
        double queries = (double) config.attentionHeads() * config.headDimension();
        double keys = (double) config.keyValueHeads() * config.headDimension();
        double mlp = config.intermediateSize();
        double pairs = kernel == AttentionKernel.PRODUCTS ? config.attentionHeads() * tokens.rowLength() : 0;
        // Twice: what the norm reads, its values before the gain, and what the products read of it.
        double norms = 2 * (2 * FLOAT + e) * hidden;
        // Queries, keys, values, the mixture; gate twice, up, their product.
        double block = norms + e * (2 * queries + 2 * keys + pairs + 4 * mlp);
        // The scores before and after the mask, or the gradients of the same size.
        double working = e * (2 * pairs + 2 * queries + 2 * mlp);
        double width = config.flowHeadWidth();
        // Modulations (3), the modulated norm and its input, the two layers and their activation; the residual sum.
        double flowBlock = (8 * e + FLOAT) * width;
        double perCopy = config.flowHeadLayers() * flowBlock + (7 * e + FLOAT) * width;
        double perLearned = 2 * e * hidden + FLOAT * hidden + e * width;
        double logits = compute == Compute.FP32 ? 2 * FLOAT : 2 * FLOAT + e;
        double mask = masks * tokens.rowLength() * tokens.rowLength() * (compute == Compute.FP32 ? e : FLOAT + e);
        double ends = 3 * FLOAT * hidden * tokens.positions() + mask;
        return new ActivationMemory(
                config.layers() * block * tokens.positions() + ends,
                config.layers() * FLOAT * hidden * tokens.positions() + ends,
                (block + working) * tokens.positions(),
                (perCopy * copies + perLearned) * tokens.learned(),
                (logits * config.vocabularySize() + (FLOAT + e) * hidden) * tokens.text());
    }

    /** The most at a time when everything is kept. */
    public double peak() {
        return blocks + flowHead + lmHead;
    }

    /** The most at a time with gradient checkpointing of the blocks. */
    public double recomputedPeak() {
        return blockInputs + Math.max(flowHead + lmHead, oneBlock);
    }
}
