package dev.nextstep.vae;

import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/** A tokenizer with random weights of any shape: it makes whatever tensor it is asked for. */
final class RandomVae implements TensorSource {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final String half;
    private final long seed;

    /** @param half the prefix of the names that exist */
    RandomVae(String half, long seed) {
        this.half = half;
        this.seed = seed;
    }

    static VaeConfig config(int channels, int residualBlocks, Integer... multipliers) {
        return new VaeConfig(
                3, 3, channels, List.of(multipliers), residualBlocks, 4, 1f, 0f, true, true, OptionalInt.of(1));
    }

    static Planes noise(int channels, int height, int width, long seed) {
        var planes = Planes.zeros(channels, height, width);
        fill(planes.values(), 1, new Random(seed));
        return planes;
    }

    private static void fill(float[] values, double scale, Random random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
    }

    @Override
    public String origin() {
        return "random";
    }

    @Override
    public Set<String> names() {
        return Set.of(half + "conv_in.weight");
    }

    @Override
    public Optional<Tensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    @Override
    public synchronized Tensor require(String name, long... shape) {
        if (!name.startsWith(half)) {
            return TensorSource.super.require(name, shape);
        }
        return tensors.computeIfAbsent(name, n -> {
            long elements = 1;
            for (long dimension : shape) {
                elements *= dimension;
            }
            var values = new float[(int) elements];
            fill(values, 1 / Math.sqrt((double) elements / shape[0]), new Random(seed + n.hashCode()));
            return Tensor.of(n, values, shape);
        });
    }
}
