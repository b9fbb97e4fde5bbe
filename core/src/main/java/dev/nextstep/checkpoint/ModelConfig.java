package dev.nextstep.checkpoint;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Shape and settings of a model, read from {@code config.json} of either code generation (spec §1.1, §1.2, §15).
 *
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the gated MLP
 * @param layers transformer blocks
 * @param attentionHeads query heads; a multiple of {@code keyValueHeads}
 * @param keyValueHeads key and value heads
 * @param headDimension width of one head, even; {@code attentionHeads · headDimension} may differ from
 *     {@code hiddenSize}
 * @param vocabularySize rows of the embedding; the tokenizer may know fewer
 * @param maxPositions longest sequence the model was made for
 * @param rmsNormEpsilon added to the mean square
 * @param ropeTheta base of the rotary frequencies
 * @param slidingWindow how many keys a query sees, itself included; empty (all) unless the file both sets
 *     {@code use_sliding_window} and gives a window (spec §15.13)
 * @param attentionBias whether q, k and v projections have a bias
 * @param outputBias whether the attention's output projection has one
 * @param mlpBias whether the MLP's projections have one
 * @param tiedEmbeddings whether the LM head is the embedding matrix
 * @param mlpBeforeLmHead whether {@code before_lm_head} stands before the LM head
 * @param positionGrid side of the table that is added to hidden states of image tokens (spec §3.6); empty (the usual)
 *     if {@code use_gen_pos_embed} is off
 * @param latentChannels channels C of the latent
 * @param patchSize side p of a patch of latent pixels; a token has C·p² values
 * @param flowHeadWidth width of the flow-matching head
 * @param flowHeadLayers residual blocks of the head
 * @param flowHeadBatchMultiplier noise draws per image token in training
 * @param lmLossWeight weight of the text loss in training
 * @param imageLossWeight weight of the flow-matching loss in training
 * @param tokens ids of special tokens
 * @param vaeLocation {@code vae_name_or_path} as it stands in the file
 * @param torchDtype {@code torch_dtype} as it stands in the file; the tensors' own types are what counts
 * @param json the text of the file, so that writers keep what this record does not know
 */
public record ModelConfig(
        int hiddenSize,
        int intermediateSize,
        int layers,
        int attentionHeads,
        int keyValueHeads,
        int headDimension,
        int vocabularySize,
        int maxPositions,
        float rmsNormEpsilon,
        double ropeTheta,
        OptionalInt slidingWindow,
        boolean attentionBias,
        boolean outputBias,
        boolean mlpBias,
        boolean tiedEmbeddings,
        boolean mlpBeforeLmHead,
        OptionalInt positionGrid,
        int latentChannels,
        int patchSize,
        int flowHeadWidth,
        int flowHeadLayers,
        int flowHeadBatchMultiplier,
        double lmLossWeight,
        double imageLossWeight,
        SpecialTokenIds tokens,
        Optional<String> vaeLocation,
        Optional<String> torchDtype,
        String json) {

    /**
     * Reads a {@code config.json}.
     *
     * @throws CheckpointException if the file is missing, is not JSON, lacks a size, or holds a value out of range; the
     *     message names key, value and range
     */
    public static ModelConfig read(Path file) {
        return parse(file, Json.readText(file, ModelConfigReader.MAX_BYTES));
    }

    /**
     * Reads the text of a {@code config.json}.
     *
     * @param origin where it comes from, for messages
     * @throws CheckpointException as {@link #read}
     */
    public static ModelConfig parse(Path origin, String json) {
        return new ModelConfigReader(origin, json).read();
    }

    /** Values of one image token: C·p². */
    public int tokenDimension() {
        return latentChannels * patchSize * patchSize;
    }

    /**
     * The configuration whose patch size agrees with the width of a token. Files of one generation hold a leaked class
     * default ({@code patch_size} 1, spec §1.2), so the shape of {@code image_in_projector.weight} is asked.
     *
     * @param dimension columns of that matrix
     * @throws IllegalArgumentException if {@code dimension} is not {@code latentChannels} times a square of 1..64
     */
    public ModelConfig withTokenDimension(int dimension) {
        for (int p = 1; p <= ModelConfigReader.MAX_PATCH; p++) {
            if (latentChannels * p * p == dimension) {
                return withDetails(p, attentionBias, outputBias, mlpBias);
            }
        }
        throw new IllegalArgumentException("image tokens of %d values are not %d channels times a square patch"
                .formatted(dimension, latentChannels));
    }

    ModelConfig withDetails(int patch, boolean qkvBias, boolean oBias, boolean feedForwardBias) {
        return new ModelConfig(
                hiddenSize,
                intermediateSize,
                layers,
                attentionHeads,
                keyValueHeads,
                headDimension,
                vocabularySize,
                maxPositions,
                rmsNormEpsilon,
                ropeTheta,
                slidingWindow,
                qkvBias,
                oBias,
                feedForwardBias,
                tiedEmbeddings,
                mlpBeforeLmHead,
                positionGrid,
                latentChannels,
                patch,
                flowHeadWidth,
                flowHeadLayers,
                flowHeadBatchMultiplier,
                lmLossWeight,
                imageLossWeight,
                tokens,
                vaeLocation,
                torchDtype,
                json);
    }
}
