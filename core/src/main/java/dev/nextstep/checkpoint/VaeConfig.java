package dev.nextstep.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.LoggerFactory;

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

    private static final List<String> KEYS = List.of(
            "in_channels",
            "out_ch",
            "ch",
            "ch_mult",
            "num_res_blocks",
            "z_channels",
            "scaling_factor",
            "shift_factor",
            "deterministic",
            "encoder_norm",
            "psz");

    public VaeConfig {
        channelMultipliers = List.copyOf(channelMultipliers);
    }

    /**
     * Reads a {@code vae/config.json}. Unknown keys are ignored; missing ones get the defaults of the February 2026 code
     * (scale 1, shift 0, deterministic, normalised, psz 1) and one warning names them.
     *
     * @throws CheckpointException if the file is missing, is not JSON, or holds a value out of range
     */
    public static VaeConfig read(Path file) {
        var json = Json.read(file, 1 << 20);
        var missing = new ArrayList<String>();
        for (var key : KEYS) {
            if (!json.has(key)) {
                missing.add(key);
            }
        }
        var config = new VaeConfig(
                json.get("in_channels").map(v -> v.integer(1, 64)).orElse(3),
                json.get("out_ch").map(v -> v.integer(1, 64)).orElse(3),
                json.get("ch").map(v -> v.integer(1, 4096)).orElse(128),
                json.get("ch_mult").map(VaeConfig::multipliers).orElse(List.of(1, 2, 4, 4)),
                json.get("num_res_blocks").map(v -> v.integer(1, 64)).orElse(2),
                json.get("z_channels").map(v -> v.integer(1, 1024)).orElse(16),
                json.get("scaling_factor").map(v -> (float) v.number(1e-6, 1e6)).orElse(1f),
                json.get("shift_factor").map(v -> (float) v.number(-1e6, 1e6)).orElse(0f),
                json.get("deterministic").map(Json::flag).orElse(true),
                json.get("encoder_norm").map(Json::flag).orElse(true),
                json.has("psz") ? normPatchSize(json) : OptionalInt.of(1));
        if (!missing.isEmpty()) {
            LoggerFactory.getLogger(VaeConfig.class)
                    .warn("{}: keys {} are missing, taking the defaults of the February 2026 code", file, missing);
        }
        return config;
    }

    /** The text of a {@code vae/config.json} that {@link #read} turns into this record. */
    public String toJson() {
        var multipliers = channelMultipliers.stream().map(String::valueOf).toList();
        return """
                {
                  "in_channels": %s,
                  "out_ch": %s,
                  "ch": %s,
                  "ch_mult": [%s],
                  "num_res_blocks": %s,
                  "z_channels": %s,
                  "scaling_factor": %s,
                  "shift_factor": %s,
                  "deterministic": %s,
                  "encoder_norm": %s,
                  "psz": %s
                }
                """.formatted(
                        inChannels,
                        outChannels,
                        channels,
                        String.join(", ", multipliers),
                        residualBlocks,
                        latentChannels,
                        scalingFactor,
                        shiftFactor,
                        deterministic,
                        encoderNorm,
                        normPatchSize.isPresent() ? String.valueOf(normPatchSize.getAsInt()) : "null");
    }

    private static OptionalInt normPatchSize(Json json) {
        var value = json.get("psz");
        return value.isPresent() ? OptionalInt.of(value.get().integer(1, 64)) : OptionalInt.empty();
    }

    private static List<Integer> multipliers(Json list) {
        var elements = list.elements();
        if (elements.isEmpty() || elements.size() > 12) {
            throw list.refused("expected 1 to 12 levels");
        }
        return elements.stream().map(v -> v.integer(1, 256)).toList();
    }

    /** Picture pixels per latent pixel along one side: 2^(levels − 1), 8 in the official tokenizer. */
    public int downsampling() {
        return 1 << (channelMultipliers.size() - 1);
    }
}
