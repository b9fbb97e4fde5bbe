package dev.nextstep.vae;

import dev.nextstep.kernel.FeatureMap;

/** Residual block, attention, residual block, all at the lowest resolution. */
final class Middle {
    private final String trace;
    private final ResidualBlock first;
    private final AttentionBlock attention;
    private final ResidualBlock second;

    Middle(Layers layers, String name, String trace, int channels) {
        this.trace = trace;
        first = new ResidualBlock(layers, name + ".block_1", channels, channels);
        attention = new AttentionBlock(layers, name + ".attn_1", channels);
        second = new ResidualBlock(layers, name + ".block_2", channels, channels);
    }

    FeatureMap apply(FeatureMap x, Run run) {
        x = first.apply(Rows.stored(x), run);
        run.trace(trace + ".block_1", x);
        attention.apply(x, run);
        run.trace(trace + ".attn_1", x);
        x = second.apply(Rows.stored(x), run);
        run.trace(trace + ".block_2", x);
        return x;
    }

    static double work(int height, int width, int channels) {
        return 2 * ResidualBlock.work(height, width, channels, channels) + AttentionBlock.work(height, width, channels);
    }
}
