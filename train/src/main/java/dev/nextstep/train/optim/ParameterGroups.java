package dev.nextstep.train.optim;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;

/** Several optimisers as one: each parameter belongs to the first group that holds it. */
public final class ParameterGroups implements Optimizer {

    /**
     * What a group got.
     *
     * @param group the group
     * @param parameters names of its parameters
     * @param elements numbers in them
     */
    public record Assignment(ParameterGroup group, List<String> parameters, long elements) {
        /** Keeps the order. */
        public Assignment {
            parameters = List.copyOf(parameters);
        }
    }

    private final List<Assignment> assignments = new ArrayList<>();
    private final List<Optimizer> optimizers = new ArrayList<>();

    /**
     * Deals the parameters out; those of {@link Frozen} groups require no gradients from then on.
     *
     * @param parameters fp32 leaf tensors by name
     * @param groups in order of precedence
     * @throws IllegalArgumentException if all groups are frozen, a parameter fits no group, a group gets none, or a group for matrices gets a
     *     vector
     */
    public ParameterGroups(SequencedMap<String, Tensor> parameters, List<ParameterGroup> groups) {
        var dealt = new LinkedHashMap<ParameterGroup, SequencedMap<String, Tensor>>();
        groups.forEach(g -> dealt.put(g, new LinkedHashMap<>()));
        parameters.forEach((name, tensor) -> {
            int dimensions = OptimizerState.shape(tensor).length;
            var group = groups.stream()
                    .filter(g -> g.holds(name, dimensions))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "parameter %s of %d dimensions fits none of the optimiser groups %s; end the list with a group for '*'"
                                    .formatted(name, dimensions, names(groups))));
            requireNonNull(dealt.get(group)).put(name, tensor);
        });
        if (groups.stream().allMatch(g -> g.optimizer() instanceof Frozen)) {
            throw new IllegalArgumentException(
                    "all groups %s are frozen: nothing would be trained".formatted(names(groups)));
        }
        dealt.forEach((group, members) -> {
            if (members.isEmpty()) {
                throw new IllegalArgumentException(
                        "optimiser group %s holds no parameter: its patterns %s (%s) fit none, or groups before it took them"
                                .formatted(group.name(), group.names(), group.rank()));
            }
            long elements = members.values().stream().mapToLong(Tensor::numel).sum();
            assignments.add(new Assignment(group, List.copyOf(members.keySet()), elements));
            switch (group.optimizer()) {
                case AdamWSettings adamw -> optimizers.add(new AdamW(members, adamw));
                case MuonSettings muon -> optimizers.add(new Muon(members, muon));
                case Frozen _ -> members.values().forEach(t -> t.set_requires_grad(false));
            }
        });
    }

    private static List<String> names(List<ParameterGroup> groups) {
        return groups.stream().map(ParameterGroup::name).toList();
    }

    /** Which group got which parameters, in order of the groups. */
    public List<Assignment> assignments() {
        return List.copyOf(assignments);
    }

    @Override
    public void step(double lrFactor) {
        optimizers.forEach(o -> o.step(lrFactor));
    }

    @Override
    public OptimizerState state() {
        return OptimizerState.union(optimizers.stream().map(Optimizer::state).toList());
    }

    @Override
    public void load(OptimizerState saved) {
        state().requireSameNames(saved);
        optimizers.forEach(o -> o.load(saved.restrictedTo(o.state())));
    }

    @Override
    public void close() {
        optimizers.forEach(Optimizer::close);
    }
}
