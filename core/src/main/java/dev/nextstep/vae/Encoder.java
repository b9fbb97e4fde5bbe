package dev.nextstep.vae;

import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.kernel.Convolution;
import dev.nextstep.kernel.Convolution.Geometry;
import dev.nextstep.kernel.FeatureMap;
import dev.nextstep.kernel.GroupNorm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pixels to the raw mean and log-variance of the latent (spec §4.2). */
final class Encoder {
    private record Level(List<ResidualBlock> blocks, Optional<Lazy<Convolution>> downsample) {}

    private final Lazy<Convolution> convIn;
    private final List<Level> levels = new ArrayList<>();
    private final Middle middle;
    private final Lazy<GroupNorm> normOut;
    private final Lazy<GroupNorm> plainNormOut;
    private final Lazy<Convolution> convOut;

    Encoder(VaeConfig config, Layers layers) {
        int width = config.channels();
        convIn = layers.convolution("encoder.conv_in", config.inChannels(), width, Geometry.SAME);
        int depth = config.channelMultipliers().size();
        for (int level = 0; level < depth; level++) {
            String name = "encoder.down." + level;
            int levelWidth = config.channels() * config.channelMultipliers().get(level);
            var blocks = new ArrayList<ResidualBlock>();
            for (int i = 0; i < config.residualBlocks(); i++) {
                blocks.add(new ResidualBlock(layers, name + ".block." + i, width, levelWidth));
                width = levelWidth;
            }
            levels.add(new Level(
                    blocks,
                    level == depth - 1
                            ? Optional.empty()
                            : Optional.of(
                                    layers.convolution(name + ".downsample.conv", width, width, Geometry.HALVING))));
        }
        middle = new Middle(layers, "encoder.mid", "enc.mid", width);
        normOut = layers.norm("encoder.norm_out", width, GroupNorm.Activation.SWISH);
        plainNormOut = layers.norm("encoder.norm_out", width, GroupNorm.Activation.NONE);
        convOut = layers.convolution("encoder.conv_out", width, 2 * config.latentChannels(), Geometry.SAME);
    }

    FeatureMap apply(FeatureMap pixels, Run run) {
        var workspace = run.workspace();
        var x = convIn.get().apply(pixels, null, workspace);
        run.trace("enc.conv_in", x);
        for (int level = 0; level < levels.size(); level++) {
            var blocks = levels.get(level).blocks;
            for (int i = 0; i < blocks.size(); i++) {
                x = blocks.get(i).apply(Rows.stored(x), run);
                run.trace("enc.down.%d.block.%d".formatted(level, i), x);
            }
            if (levels.get(level).downsample.isPresent()) {
                x = levels.get(level).downsample.get().get().apply(x, null, workspace);
                run.trace("enc.down.%d.downsample".formatted(level), x);
            }
        }
        x = middle.apply(x, run);
        var statistics = GroupNorm.Statistics.of(x, workspace);
        var last = x;
        run.trace("enc.norm_out", () -> plainNormOut.get().apply(statistics).apply(last));
        var moments = convOut.get().apply(x, normOut.get().apply(statistics), workspace);
        run.trace("enc.conv_out", moments);
        return moments;
    }
}
