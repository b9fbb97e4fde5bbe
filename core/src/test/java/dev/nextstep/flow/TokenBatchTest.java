package dev.nextstep.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens of different samplers, steps and guidance, sampled together, are those that each gives alone. */
class TokenBatchTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root"), "models/emoji");

    @ParameterizedTest
    @EnumSource(Precision.class)
    void togetherAsAlone(Precision precision) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var model = ModelDirectory.open(MODEL);
                var team = ThreadTeam.of(2)) {
            var head = new FlowHead(model.config(), model.tensors(), precision);
            for (int round = 0; round < 5; round++) {
                var requests = new ArrayList<TokenSampler.Request>();
                int count = 1 + random.nextInt(7);
                for (int i = 0; i < count; i++) {
                    requests.add(request(team, head, random));
                }
                int rows = requests.stream()
                        .mapToInt(TokenSampler.Request::guidanceRows)
                        .sum();
                int hidden = model.config().hiddenSize();
                float[] conditions = normals(random.nextLong(), rows * hidden);
                float[] together = TokenSampler.sampleAll(team, head, requests, conditions);
                int row = 0;
                for (int i = 0; i < count; i++) {
                    int own = requests.get(i).guidanceRows();
                    float[] alone = TokenSampler.sampleAll(
                            team,
                            head,
                            List.of(requests.get(i)),
                            Arrays.copyOfRange(conditions, row * hidden, (row + own) * hidden));
                    row += own;
                    int dim = head.tokenDim();
                    assertThat(Arrays.copyOfRange(together, i * dim, (i + 1) * dim))
                            .as("seed %d, round %d, request %d: %s", seed, round, i, requests.get(i))
                            .containsExactly(alone);
                }
            }
        }
    }

    private static TokenSampler.Request request(ThreadTeam team, FlowHead head, Random random) {
        var names = List.of("s1", "s2", "sde", "cps", "ode", "heun", "midpoint");
        var sampler = Sampler.of(names.get(random.nextInt(names.size())), random.nextFloat());
        var limits = Guidance.NormLimit.values();
        var guidance = new Guidance(
                1 + 5 * random.nextFloat(),
                1 + 2 * random.nextFloat(),
                List.of(GuidanceSchedule.values()).get(random.nextInt(3)),
                limits[random.nextInt(limits.length)],
                1 + random.nextInt(3));
        var way = new TokenSampler(team, head, sampler, 2 + random.nextInt(6), 0.5f + 2 * random.nextFloat(), guidance);
        long noise = random.nextLong();
        int total = 4 + random.nextInt(20);
        return new TokenSampler.Request(
                way,
                1 + random.nextInt(3),
                random.nextInt(total),
                total,
                (draw, target) -> System.arraycopy(normals(noise + draw, target.length), 0, target, 0, target.length));
    }

    private static float[] normals(long seed, int n) {
        var random = new Random(seed);
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
