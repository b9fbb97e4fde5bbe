package dev.nextstep.checkpoint;

import java.util.List;
import java.util.OptionalInt;

/**
 * Shape and settings of an image tokenizer, read from {@code vae/config.json} (spec §1.4).
 *
 * @param inChannels channels of the picture, 3
 * @param outChannels channels of the decoded picture, 3
 * @param channels width of the first level ({@code ch})
 * @param channelMultipliers width of each level as a multiple of {@code channels} ({@code ch_mult}); every level but
 *     the last halves height and width
 * @param residualBlocks residual blocks per encoder level; the decoder has one more ({@code num_res_blocks})
 * @param latentChannels channels of the latent ({@code z_channels}), 16 in the official tokenizer
 * @param scalingFactor latent = (z − shiftFactor) · scalingFactor
 * @param shiftFactor see {@code scalingFactor}
 * @param deterministic whether the posterior is its mean
 * @param encoderNorm whether the mean is normalised token-wise (spec §4.2)
 * @param normPatchSize {@code psz}: the mean is normalised over cells of psz × psz latent pixels; empty means that the
 *     key is null
 */
public record VaeConfig(
        int inChannels,
        int outChannels,
        int channels,
        List<Integer> channelMultipliers,
        int residualBlocks,
        int latentChannels,
        float scalingFactor,
        float shiftFactor,
        boolean deterministic,
        boolean encoderNorm,
        OptionalInt normPatchSize) {

    public VaeConfig {
        channelMultipliers = List.copyOf(channelMultipliers);
    }

    /** Picture pixels per latent pixel along one side: 2^(levels − 1), 8 in the official tokenizer. */
    public int downsampling() {
        return 1 << (channelMultipliers.size() - 1);
    }
}
