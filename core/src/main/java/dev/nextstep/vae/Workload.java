package dev.nextstep.vae;

import dev.nextstep.checkpoint.VaeConfig;

/**
 * Arithmetic and memory of a tokenizer for a picture size: what progress is measured by, and what an application can ask
 * before it starts. Follows the same steps as {@link Encoder} and {@link Decoder}.
 */
final class Workload {
    private final long levelBytes;
    private double work;
    private long peak;

    private Workload(long levelBytes) {
        this.levelBytes = levelBytes;
    }

    /** Multiply-adds of the blocks, as the blocks report them. */
    double work() {
        return work;
    }

    /** Largest number of bytes that activations take at one time. */
    long peakBytes() {
        return peak;
    }

    static Workload ofEncoder(VaeConfig config, long levelBytes, int height, int width) {
        var load = new Workload(levelBytes);
        int depth = config.channelMultipliers().size();
        int channels = config.channels();
        load.hold(bytes(height, width, config.inChannels()) * 2 + bytes(height, width, channels));
        // The caller's pixels and the same with channels innermost stay.
        long kept = 2 * bytes(height, width, config.inChannels());
        for (int level = 0; level < depth; level++) {
            int levelWidth = config.channels() * config.channelMultipliers().get(level);
            for (int i = 0; i < config.residualBlocks(); i++) {
                load.block(height, width, channels, levelWidth, kept, 0);
                channels = levelWidth;
            }
            if (level < depth - 1) {
                load.hold(kept + bytes(height, width, channels) + bytes(height / 2, width / 2, channels));
                height /= 2;
                width /= 2;
            }
        }
        load.middle(height, width, channels, kept);
        return load;
    }

    static Workload ofDecoder(VaeConfig config, long levelBytes, int height, int width) {
        var load = new Workload(levelBytes);
        int top = config.channelMultipliers().size() - 1;
        int channels = config.channels() * config.channelMultipliers().get(top);
        long kept = 2 * bytes(height, width, config.latentChannels());
        load.middle(height, width, channels, kept);
        long source = 0;
        for (int level = top; level >= 0; level--) {
            int levelWidth = config.channels() * config.channelMultipliers().get(level);
            for (int i = 0; i <= config.residualBlocks(); i++) {
                load.block(height, width, channels, levelWidth, kept, i == 0 ? source : 0);
                channels = levelWidth;
            }
            if (level > 0) {
                source = bytes(height, width, channels);
                height *= 2;
                width *= 2;
            }
        }
        load.hold(kept + bytes(height, width, channels) + 2 * bytes(height, width, config.outChannels()));
        return load;
    }

    /** @param source bytes of the smaller picture that the block's input is computed from; 0 if the input is stored */
    private void block(int height, int width, int inputs, int outputs, long kept, long source) {
        work += ResidualBlock.work(height, width, inputs, outputs);
        long whole = ResidualBlock.wholeBytes(height, width, inputs, outputs);
        if (whole <= levelBytes) {
            hold(kept + source + whole);
            return;
        }
        boolean stored = source == 0;
        long input = stored ? bytes(height, width, inputs) : source;
        boolean inPlace = stored && inputs == outputs;
        hold(kept + input + ResidualBlock.stripBytes(height, width, inputs, outputs, inPlace, levelBytes));
    }

    private void middle(int height, int width, int channels, long kept) {
        block(height, width, channels, channels, kept, 0);
        // x, q, k, v, packed k and v, and the attended values.
        hold(kept + 7 * bytes(height, width, channels));
        work += AttentionBlock.work(height, width, channels);
        block(height, width, channels, channels, kept, 0);
    }

    private void hold(long bytes) {
        peak = Math.max(peak, bytes);
    }

    private static long bytes(int height, int width, int channels) {
        return (long) height * width * channels * Float.BYTES;
    }
}
