package dev.nextstep.train.plan;

import dev.nextstep.train.optim.AdamWSettings;
import dev.nextstep.train.optim.Frozen;
import dev.nextstep.train.optim.MatrixPrecision;
import dev.nextstep.train.optim.MuonSettings;
import dev.nextstep.train.optim.ParameterGroup;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What optimisers remember and compute.
 *
 * @param adamw parameters under AdamW: two fp32 numbers for each
 * @param muon parameters under orthogonalised momentum: one fp32 number for each
 * @param workspace bytes beside that while they work
 * @param flops of a step
 */
public record OptimizerCost(long adamw, long muon, double workspace, double flops) {
    private static final int FLOAT = 4;

    /** Deals parameters out as {@link dev.nextstep.train.optim.ParameterGroups} does. */
    static OptimizerCost of(Map<String, long[]> shapes, List<ParameterGroup> groups) {
        long adamw = 0;
        long muon = 0;
        double flops = 0;
        double largest = 0;
        var stacks = new HashMap<String, Double>();
        for (var weight : shapes.entrySet()) {
            long[] shape = weight.getValue();
            double elements = (double) ParameterCounts.elements(shape);
            var group = groups.stream()
                    .filter(g -> g.holds(weight.getKey(), shape.length))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "parameter %s fits none of the optimiser groups; end the list with a group for '*'"
                                    .formatted(weight.getKey())));
            switch (group.optimizer()) {
                case Frozen _ -> {}
                case AdamWSettings _ -> adamw += (long) elements;
                case MuonSettings settings -> {
                    muon += (long) elements;
                    double rows = (double) shape[0];
                    double columns = elements / rows;
                    double least = Math.min(rows, columns);
                    double most = Math.max(rows, columns);
                    flops += settings.iterations() * (4 * least * least * most + 2 * least * least * least);
                    // The stack in fp32, and three copies in the type of the products.
                    double bytes = FLOAT + 3.0 * (settings.products() == MatrixPrecision.BF16 ? 2 : FLOAT);
                    largest = Math.max(
                            largest,
                            stacks.merge(group.name() + Arrays.toString(shape), bytes * elements, Double::sum));
                }
            }
        }
        return new OptimizerCost(adamw, muon, (double) FLOAT * (double) muon + largest, flops);
    }

    /** Bytes that are remembered from step to step. */
    public double states() {
        return (double) FLOAT * (2.0 * (double) adamw + (double) muon);
    }
}
