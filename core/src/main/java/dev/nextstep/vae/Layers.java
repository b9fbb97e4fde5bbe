package dev.nextstep.vae;

import dev.nextstep.kernel.Convolution;
import dev.nextstep.kernel.Convolution.Geometry;
import dev.nextstep.kernel.GroupNorm;
import dev.nextstep.kernel.GroupNorm.Activation;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.TensorSource;

/**
 * Takes layers from a checkpoint. Presence and shape are checked at once; the kernels of a convolution are read and
 * packed when it first computes.
 */
record Layers(TensorSource weights, Precision precision) {

    Lazy<Convolution> convolution(String name, int inputs, int outputs, Geometry geometry) {
        int side = geometry == Geometry.POINTWISE ? 1 : 3;
        var weight = weights.require(name + ".weight", outputs, inputs, side, side);
        var bias = weights.require(name + ".bias", outputs);
        return new Lazy<>(() -> new Convolution(weight, bias, geometry, precision));
    }

    Lazy<GroupNorm> norm(String name, int channels, Activation activation) {
        var gain = weights.require(name + ".weight", channels);
        var bias = weights.require(name + ".bias", channels);
        return new Lazy<>(() -> new GroupNorm(gain, bias, activation, precision));
    }
}
