package dev.nextstep.train.optim;

import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** What is done with the gradients of all parameters between backward pass and optimiser. */
public final class Gradients {
    private Gradients() {}

    /**
     * Scales all gradients so that their common Euclidean norm is at most {@code maxNorm} (spec §8.4; factor
     * maxNorm / (norm + 1e-6), at most 1).
     *
     * @param parameters those without a gradient are passed over
     * @param maxNorm more than 0; infinity only measures
     * @return the norm before; if it is not finite, so are the gradients: drop them
     */
    public static double clip(Map<String, Tensor> parameters, double maxNorm) {
        OptimizerSettings.between(
                "greatest norm of the gradients", maxNorm, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
        return Aten.withoutGradients(
                () -> torch.clip_grad_norm_(new TensorVector(parameters.values().toArray(Tensor[]::new)), maxNorm));
    }

    /** Drops the gradients of all parameters and frees their memory. */
    public static void clear(Map<String, Tensor> parameters) {
        try (var _ = new PointerScope()) {
            parameters.values().forEach(p -> p.mutable_grad().reset());
        }
    }

    /** Name of the first parameter with a NaN or infinite gradient: for the message when the norm is not finite. */
    public static Optional<String> firstNotFinite(Map<String, Tensor> parameters) {
        return Aten.withoutGradients(() -> parameters.entrySet().stream()
                .filter(e -> e.getValue().grad().defined())
                .filter(e -> !e.getValue().grad().isfinite().all().item_bool())
                .map(Map.Entry::getKey)
                .findFirst());
    }
}
