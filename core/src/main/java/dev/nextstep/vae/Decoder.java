package dev.nextstep.vae;

import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.kernel.Convolution;
import dev.nextstep.kernel.Convolution.Geometry;
import dev.nextstep.kernel.FeatureMap;
import dev.nextstep.kernel.GroupNorm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Latents to pixels (spec §4.3). A level's first block reads the doubled picture through {@link Rows}: a level too large
 * for its memory then never stores it.
 */
final class Decoder {
    /** @param upsample what doubles this level's result for the next; the last level has none */
    private record Level(int number, List<ResidualBlock> blocks, Optional<Lazy<Convolution>> upsample) {}

    private final Lazy<Convolution> convIn;
    private final Middle middle;
    private final List<Level> levels = new ArrayList<>();
    private final Lazy<GroupNorm> normOut;
    private final Lazy<GroupNorm> plainNormOut;
    private final Lazy<Convolution> convOut;

    Decoder(VaeConfig config, Layers layers) {
        int top = config.channelMultipliers().size() - 1;
        int width = config.channels() * config.channelMultipliers().get(top);
        convIn = layers.convolution("decoder.conv_in", config.latentChannels(), width, Geometry.SAME);
        middle = new Middle(layers, "decoder.mid", "dec.mid", width);
        for (int level = top; level >= 0; level--) {
            String name = "decoder.up." + level;
            int levelWidth = config.channels() * config.channelMultipliers().get(level);
            var blocks = new ArrayList<ResidualBlock>();
            for (int i = 0; i <= config.residualBlocks(); i++) {
                blocks.add(new ResidualBlock(layers, name + ".block." + i, width, levelWidth));
                width = levelWidth;
            }
            levels.add(new Level(
                    level,
                    blocks,
                    level == 0
                            ? Optional.empty()
                            : Optional.of(
                                    layers.convolution(name + ".upsample.conv", width, width, Geometry.DOUBLING))));
        }
        normOut = layers.norm("decoder.norm_out", width, GroupNorm.Activation.SWISH);
        plainNormOut = layers.norm("decoder.norm_out", width, GroupNorm.Activation.NONE);
        convOut = layers.convolution("decoder.conv_out", width, config.outChannels(), Geometry.SAME);
    }

    FeatureMap apply(FeatureMap latent, Run run) {
        var workspace = run.workspace();
        var x = convIn.get().apply(latent, null, workspace);
        run.trace("dec.conv_in", x);
        x = middle.apply(x, run);
        var next = Rows.stored(x);
        for (var level : levels) {
            for (int i = 0; i < level.blocks.size(); i++) {
                x = level.blocks.get(i).apply(next, run);
                next = Rows.stored(x);
                run.trace("dec.up.%d.block.%d".formatted(level.number, i), x);
            }
            if (level.upsample.isPresent()) {
                var upsampled = Rows.convolved(x, level.upsample.get().get());
                next = upsampled;
                run.trace("dec.up.%d.upsample".formatted(level.number), () -> upsampled.all(run));
            }
        }
        var statistics = GroupNorm.Statistics.of(x, workspace);
        var last = x;
        run.trace("dec.norm_out", () -> plainNormOut.get().apply(statistics).apply(last));
        var pixels = convOut.get().apply(x, normOut.get().apply(statistics), workspace);
        run.trace("dec.conv_out", pixels);
        return pixels;
    }
}
