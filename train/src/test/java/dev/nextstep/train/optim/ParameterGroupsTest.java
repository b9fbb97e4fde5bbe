package dev.nextstep.train.optim;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ParameterGroupsTest {
    private static final List<ParameterGroup> GROUPS = List.of(
            new ParameterGroup("embedding", List.of("embed.*"), ParameterRank.ANY, AdamWSettings.of(0.01, 0.1)),
            new ParameterGroup("matrices", List.of("*"), ParameterRank.MATRICES, MuonSettings.of(0.02, 0.1)),
            new ParameterGroup("rest", List.of("*"), ParameterRank.ANY, AdamWSettings.of(0.01, 0)));

    @Test
    void theFirstGroupThatHoldsAParameterGetsIt() {
        try (var groups = new ParameterGroups(Tensors.some(new Random(1)), GROUPS)) {
            assertThat(groups.assignments().stream().map(ParameterGroups.Assignment::parameters))
                    .containsExactly(
                            List.of("embed.weight"),
                            List.of("layers.0.weight", "layers.1.weight", "conv.weight"),
                            List.of("layers.0.bias", "norm.weight"));
            assertThat(groups.assignments().stream().map(ParameterGroups.Assignment::elements))
                    .containsExactly(35L, 102L, 10L);
        }
    }

    @Test
    void patternsTakeDotsLiterally() {
        var group = new ParameterGroup("g", List.of("a.*.bias", "exact"), ParameterRank.ANY, AdamWSettings.of(1, 0));
        assertThat(group.holds("a.b.c.bias", 1)).isTrue();
        assertThat(group.holds("axb.bias", 1)).isFalse();
        assertThat(group.holds("exact", 2)).isTrue();
        assertThat(group.holds("exactly", 2)).isFalse();
    }

    @Test
    void complainsOfParametersWithoutGroupAndOfGroupsWithoutParameter() {
        var parameters = Tensors.some(new Random(1));
        assertThatThrownBy(() -> new ParameterGroups(parameters, GROUPS.subList(0, 2)))
                .hasMessageContaining("layers.0.bias");
        var idle = new ParameterGroup("idle", List.of("nothing.*"), ParameterRank.ANY, AdamWSettings.of(1, 0));
        assertThatThrownBy(() -> new ParameterGroups(parameters, List.of(idle, GROUPS.get(2))))
                .hasMessageContaining("idle");
    }

    @Test
    void whatIsFrozenStaysAndNeedsNoGradients() {
        var parameters = Tensors.some(new Random(3));
        var frozen = new ParameterGroup("frozen", List.of("layers.0.*"), ParameterRank.ANY, new Frozen());
        try (var groups = new ParameterGroups(parameters, List.of(frozen, GROUPS.get(1), GROUPS.get(2)))) {
            assertThat(requireNonNull(parameters.get("layers.0.weight")).requires_grad())
                    .isFalse();
            assertThat(requireNonNull(parameters.get("layers.1.weight")).requires_grad())
                    .isTrue();
            assertThat(groups.state().tensors().keySet()).noneMatch(name -> name.contains("layers.0"));
            assertThat(groups.assignments().getFirst().parameters())
                    .containsExactly("layers.0.weight", "layers.0.bias");
        }
        assertThatThrownBy(() -> new ParameterGroups(
                        parameters, List.of(new ParameterGroup("all", List.of("*"), ParameterRank.ANY, new Frozen()))))
                .hasMessageContaining("nothing would be trained");
    }

    @Test
    void aRunThatIsResumedGoesOnWithTheSameBits() {
        var whole = Tensors.some(new Random(5));
        var resumed = Tensors.some(new Random(5));
        try (var groups = new ParameterGroups(whole, GROUPS);
                var ema = new Ema(whole, 0.9)) {
            steps(groups, ema, whole, 0, 7);
            var saved = new LinkedHashMap<String, Tensor>();
            try (var first = new ParameterGroups(resumed, GROUPS);
                    var firstEma = new Ema(resumed, 0.9)) {
                steps(first, firstEma, resumed, 0, 4);
                var state = copy(first.state());
                var emaState = copy(firstEma.state());
                resumed.forEach((name, tensor) ->
                        saved.put(name, Tensors.parameter(Tensors.values(tensor), OptimizerState.shape(tensor))));
                try (var second = new ParameterGroups(saved, GROUPS);
                        var secondEma = new Ema(saved, 0.9)) {
                    second.load(state);
                    secondEma.load(emaState);
                    steps(second, secondEma, saved, 4, 7);
                    assertSameBits(second.state().tensors(), groups.state().tensors());
                    assertSameBits(secondEma.averages(), ema.averages());
                }
            }
            assertSameBits(saved, whole);
        }
    }

    private static void steps(ParameterGroups groups, Ema ema, SequencedMap<String, Tensor> p, int from, int to) {
        for (int step = from; step < to; step++) {
            Tensors.setGradients(p, step);
            Gradients.clip(p, 0.5);
            groups.step(1 - step * 0.1);
            ema.update();
            Gradients.clear(p);
        }
    }

    private static OptimizerState copy(OptimizerState state) {
        var copies = new LinkedHashMap<String, Tensor>();
        state.tensors()
                .forEach((name, tensor) ->
                        copies.put(name, Tensors.of(Tensors.values(tensor), OptimizerState.shape(tensor))));
        return new OptimizerState(copies, state.counters());
    }

    private static void assertSameBits(java.util.Map<String, Tensor> actual, java.util.Map<String, Tensor> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach((name, tensor) ->
                assertThat(Tensors.values(tensor)).as(name).isEqualTo(Tensors.values(Tensors.at(expected, name))));
    }

    @Test
    void refusesAStateOfOtherParameters() {
        var parameters = Tensors.some(new Random(1));
        try (var groups = new ParameterGroups(parameters, GROUPS)) {
            var tensors = new LinkedHashMap<>(groups.state().tensors());
            tensors.remove("muon.m.conv.weight");
            assertThatThrownBy(() -> groups.load(
                            new OptimizerState(tensors, groups.state().counters())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("muon.m.conv.weight");
            tensors.put("muon.m.conv.weight", Tensors.of(new float[4], 2, 2));
            assertThatThrownBy(() -> groups.load(
                            new OptimizerState(tensors, groups.state().counters())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[3, 2, 3, 3]");
        }
    }
}
