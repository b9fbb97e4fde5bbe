package dev.nextstep.train.optim;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Small tensors for tests. */
final class Tensors {
    private Tensors() {}

    /** A tensor with a copy of the values; kept beyond the scope. */
    static Tensor of(float[] values, long... shape) {
        try (var _ = new PointerScope()) {
            var tensor = torch.empty(shape).contiguous();
            tensor.data_ptr_float().position(0).put(values, 0, values.length);
            return Aten.keep(tensor);
        }
    }

    static <T> T at(Map<String, T> map, String name) {
        return requireNonNull(map.get(name), name);
    }

    static Tensor parameter(float[] values, long... shape) {
        return of(values, shape).set_requires_grad(true);
    }

    static float[] random(Random random, int count, double scale) {
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
        return values;
    }

    static float[] values(Tensor tensor) {
        try (var _ = new PointerScope()) {
            var values = new float[Math.toIntExact(tensor.numel())];
            tensor.detach().contiguous().data_ptr_float().get(values);
            return values;
        }
    }

    /** Sets the gradient as a backward pass would: the parameter must have none. */
    static void setGradient(Tensor parameter, float[] gradient) {
        try (var _ = new PointerScope()) {
            var weights = of(gradient, OptimizerState.shape(parameter));
            parameter.mul(weights).sum().backward();
            weights.releaseReference();
        }
    }

    /** Parameters of several shapes, a matrix in two copies and a convolution among them. */
    static SequencedMap<String, Tensor> some(Random random) {
        var map = new LinkedHashMap<String, Tensor>();
        map.put("embed.weight", parameter(random(random, 7 * 5, 0.5), 7, 5));
        map.put("layers.0.weight", parameter(random(random, 4 * 6, 0.5), 4, 6));
        map.put("layers.0.bias", parameter(random(random, 4, 0.5), 4));
        map.put("layers.1.weight", parameter(random(random, 4 * 6, 0.5), 4, 6));
        map.put("conv.weight", parameter(random(random, 3 * 2 * 3 * 3, 0.5), 3, 2, 3, 3));
        map.put("norm.weight", parameter(random(random, 6, 0.5), 6));
        return map;
    }

    static void setGradients(SequencedMap<String, Tensor> parameters, long seed) {
        var random = new Random(seed);
        parameters.values().forEach(p -> setGradient(p, random(random, (int) p.numel(), 0.1)));
    }
}
