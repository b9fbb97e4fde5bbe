package dev.nextstep.torch;

import dev.nextstep.checkpoint.VaeConfig;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Names and shapes of the weights of an image tokenizer, under Flux names (spec §2.3). */
public final class VaeShapes {
    private final SequencedMap<String, long[]> shapes = new LinkedHashMap<>();

    private VaeShapes() {}

    /** All weights of an image tokenizer of this configuration. */
    public static SequencedMap<String, long[]> of(VaeConfig config) {
        var all = new VaeShapes();
        all.encoder(config);
        all.decoder(config);
        return all.shapes;
    }

    private void encoder(VaeConfig config) {
        int width = config.channels();
        int depth = config.channelMultipliers().size();
        convolution("encoder.conv_in", width, config.inChannels(), 3);
        for (int level = 0; level < depth; level++) {
            int levelWidth = width(config, level);
            for (int i = 0; i < config.residualBlocks(); i++) {
                residual("encoder.down.%d.block.%d".formatted(level, i), width, levelWidth);
                width = levelWidth;
            }
            if (level < depth - 1) {
                convolution("encoder.down.%d.downsample.conv".formatted(level), width, width, 3);
            }
        }
        middle("encoder.mid", width);
        norm("encoder.norm_out", width);
        convolution("encoder.conv_out", 2 * config.latentChannels(), width, 3);
    }

    private void decoder(VaeConfig config) {
        int top = config.channelMultipliers().size() - 1;
        int width = width(config, top);
        convolution("decoder.conv_in", width, config.latentChannels(), 3);
        middle("decoder.mid", width);
        for (int level = top; level >= 0; level--) {
            int levelWidth = width(config, level);
            for (int i = 0; i <= config.residualBlocks(); i++) {
                residual("decoder.up.%d.block.%d".formatted(level, i), width, levelWidth);
                width = levelWidth;
            }
            if (level > 0) {
                convolution("decoder.up.%d.upsample.conv".formatted(level), width, width, 3);
            }
        }
        norm("decoder.norm_out", width);
        convolution("decoder.conv_out", config.outChannels(), width, 3);
    }

    private static int width(VaeConfig config, int level) {
        return config.channels() * config.channelMultipliers().get(level);
    }

    private void middle(String name, int width) {
        residual(name + ".block_1", width, width);
        norm(name + ".attn_1.norm", width);
        for (var part : new String[] {"q", "k", "v", "proj_out"}) {
            convolution(name + ".attn_1." + part, width, width, 1);
        }
        residual(name + ".block_2", width, width);
    }

    private void residual(String name, int inputs, int outputs) {
        norm(name + ".norm1", inputs);
        convolution(name + ".conv1", outputs, inputs, 3);
        norm(name + ".norm2", outputs);
        convolution(name + ".conv2", outputs, outputs, 3);
        if (inputs != outputs) {
            convolution(name + ".nin_shortcut", outputs, inputs, 1);
        }
    }

    private void convolution(String name, int outputs, int inputs, int side) {
        shapes.put(name + ".weight", new long[] {outputs, inputs, side, side});
        shapes.put(name + ".bias", new long[] {outputs});
    }

    private void norm(String name, int width) {
        shapes.put(name + ".weight", new long[] {width});
        shapes.put(name + ".bias", new long[] {width});
    }
}
