package dev.nextstep.train.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Momentum whose matrices are made nearly orthogonal before they are applied (Jordan, 2024), with decoupled decay and
 * the scale that makes its steps as large as AdamW's (Liu and others, arXiv 2502.16982). For a matrix of r × c:
 *
 * <pre>
 * m ← μ m + (1 − μ) g,   u = (1 − μ) g + μ m
 * W ← W · (1 − lr·decay) − lr · 0.2 √max(r, c) · orthogonal(u)
 * </pre>
 *
 * Convolution weights [out, in, height, width] count as matrices [out, in·height·width]. Matrices of one shape are
 * orthogonalised together.
 */
public final class Muon implements Optimizer {
    private final MuonSettings settings;
    private final Parameters parameters;
    private final List<Tensor> momenta;
    private final List<long[]> shapes;

    /**
     * Starts with a momentum of zero.
     *
     * @param parameters fp32 leaf tensors of two dimensions or more by name
     * @throws IllegalArgumentException if one is not fp32 or has fewer dimensions
     */
    public Muon(SequencedMap<String, Tensor> parameters, MuonSettings settings) {
        this.settings = settings;
        this.parameters = new Parameters(parameters);
        this.shapes =
                this.parameters.tensors.stream().map(OptimizerState::shape).toList();
        for (int i = 0; i < shapes.size(); i++) {
            if (shapes.get(i).length < 2) {
                throw new IllegalArgumentException(
                        "parameter %s has the shape %s; orthogonalised momentum is for matrices"
                                .formatted(this.parameters.names.get(i), Arrays.toString(shapes.get(i))));
            }
        }
        this.momenta = this.parameters.zeros();
    }

    @Override
    public void step(double lrFactor) {
        OptimizerSettings.between("factor of the learning rate", lrFactor, 0, Double.MAX_VALUE);
        double lr = settings.learningRate() * lrFactor;
        Aten.withoutGradients(() -> {
            var present = parameters.withGradients();
            if (present.isEmpty()) {
                return;
            }
            var momentum = Aten.list(present.of(momenta));
            var gradients = Aten.list(present.gradients());
            Aten.FOREACH_LERP_IN_PLACE.run(momentum, gradients, Aten.scalar(1 - settings.momentum()));
            var updates = Aten.FOREACH_LERP.tensors(gradients, momentum, Aten.scalar(settings.momentum()));
            Aten.FOREACH_MUL.run(
                    Aten.list(present.of(parameters.tensors)), Aten.scalar(1 - lr * settings.weightDecay()));
            byShape(present).forEach((shape, members) -> apply(shape, members, present, updates, lr));
        });
    }

    /** Positions in {@code present} by shape, in order. */
    private Map<List<Long>, List<Integer>> byShape(Parameters.WithGradients present) {
        var groups = new LinkedHashMap<List<Long>, List<Integer>>();
        for (int k = 0; k < present.indices().size(); k++) {
            var shape =
                    Arrays.stream(shapes.get(present.indices().get(k))).boxed().toList();
            groups.computeIfAbsent(shape, s -> new ArrayList<>()).add(k);
        }
        return groups;
    }

    private void apply(
            List<Long> shape, List<Integer> members, Parameters.WithGradients present, Tensor[] updates, double lr) {
        var stacked = torch.stack(
                new TensorVector(members.stream().map(k -> updates[k]).toArray(Tensor[]::new)));
        long rows = shape.getFirst();
        long columns = shape.stream().skip(1).reduce(1L, Math::multiplyExact);
        var matrices = stacked.reshape(members.size(), rows, columns);
        var orthogonal = Orthogonalization.of(matrices, settings.iterations(), settings.products());
        var stackedShape = new long[shape.size() + 1];
        Arrays.setAll(stackedShape, i -> i == 0 ? members.size() : shape.get(i - 1));
        var steps = orthogonal.reshape(stackedShape).unbind().get();
        var targets = members.stream()
                .map(k -> parameters.tensors.get(present.indices().get(k)))
                .toList();
        double scale = settings.updateRms() * Math.sqrt((double) Math.max(rows, columns));
        Aten.FOREACH_ADD.run(Aten.list(targets), Aten.list(steps), Aten.scalar(-lr * scale));
    }

    @Override
    public OptimizerState state() {
        return new OptimizerState(parameters.named("muon.m.", momenta), Map.of());
    }

    @Override
    public void load(OptimizerState saved) {
        state().copyFrom(saved);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
