package dev.nextstep.vae;

import dev.nextstep.kernel.Convolution;
import dev.nextstep.kernel.Convolution.Geometry;
import dev.nextstep.kernel.Convolution.Output;
import dev.nextstep.kernel.FeatureMap;
import dev.nextstep.kernel.GroupNorm;
import dev.nextstep.kernel.SpatialAttention;
import dev.nextstep.tensor.Precision;

/** x + projection(attention(norm(x))), one head over all positions (spec §4.2). */
final class AttentionBlock {
    private final Lazy<GroupNorm> norm;
    private final Lazy<Convolution> query;
    private final Lazy<Convolution> key;
    private final Lazy<Convolution> value;
    private final Lazy<Convolution> projection;
    private final Precision precision;

    AttentionBlock(Layers layers, String name, int channels) {
        norm = layers.norm(name + ".norm", channels, GroupNorm.Activation.NONE);
        query = layers.convolution(name + ".q", channels, channels, Geometry.POINTWISE);
        key = layers.convolution(name + ".k", channels, channels, Geometry.POINTWISE);
        value = layers.convolution(name + ".v", channels, channels, Geometry.POINTWISE);
        projection = layers.convolution(name + ".proj_out", channels, channels, Geometry.POINTWISE);
        precision = layers.precision();
    }

    /** Overwrites {@code x} with the result. */
    void apply(FeatureMap x, Run run) {
        var workspace = run.workspace();
        var normed = norm.get().apply(GroupNorm.Statistics.of(x, workspace));
        var q = query.get().apply(x, normed, workspace);
        var k = key.get().apply(x, normed, workspace);
        var v = value.get().apply(x, normed, workspace);
        var attended = SpatialAttention.apply(q, k, v, precision, workspace);
        projection.get().apply(attended, null, x, 0, x.height(), Output.ADD, workspace);
        run.did(work(x.height(), x.width(), x.channels()));
    }

    static double work(int height, int width, int channels) {
        double positions = (double) height * width;
        return positions * channels * (4.0 * channels + 2 * positions);
    }
}
