package dev.nextstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.flow.Sampler;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Later tokens may take another number of steps than those before. */
class LateStepsTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root"), "models/emoji");

    @SuppressWarnings("NullAway.Init")
    private static NextStep model;

    @BeforeAll
    static void open() {
        model = NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(1));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static GenerateRequest.Builder heart(int steps) {
        return GenerateRequest.builder("a red heart").size(64, 32).steps(steps).seed(7);
    }

    private static float[] tokens(GenerateRequest.Builder builder) {
        return model.generate(builder.build()).tokens();
    }

    @Test
    void tokensBeforeTheShareAreTheUsualOnes() {
        float[] usual = tokens(heart(4));
        float[] late = tokens(heart(4).lateSteps(new LateSteps(2)));
        int half = usual.length / 2;
        assertThat(Arrays.copyOf(late, half)).containsExactly(Arrays.copyOf(usual, half));
        int dim = usual.length / 8;
        assertThat(Arrays.copyOfRange(late, half, half + dim))
                .isNotEqualTo(Arrays.copyOfRange(usual, half, half + dim));
    }

    @Test
    void lateFromTheBeginningIsThatManySteps() {
        assertThat(tokens(heart(4).lateSteps(new LateSteps(2, 0)))).containsExactly(tokens(heart(2)));
        assertThat(tokens(heart(4).lateSteps(LateSteps.NONE))).containsExactly(tokens(heart(4)));
    }

    @Test
    void isOfTheTokenWhereItBegins() {
        var late = new LateSteps(3, 0.5f);
        assertThat(late.of(9, 3, 8)).isEqualTo(9);
        assertThat(late.of(9, 4, 8)).isEqualTo(3);
        assertThat(new LateSteps(3, 0.3f).of(9, 2, 8)).isEqualTo(9); // 2.4
        assertThat(new LateSteps(3, 0.3f).of(9, 3, 8)).isEqualTo(3);
        assertThat(LateSteps.NONE.of(9, 7, 8)).isEqualTo(9);
    }

    @Test
    void conversationsKnowThem() {
        try (var chat = model.chat();
                var other = model.chat()) {
            var usual = chat.draw(heart(4).build(), new Cancellation()).tokens();
            var late = other.draw(heart(4).lateSteps(new LateSteps(2)).build(), new Cancellation())
                    .tokens();
            int half = usual.length / 2;
            assertThat(Arrays.copyOf(late, half)).containsExactly(Arrays.copyOf(usual, half));
            assertThat(late).isNotEqualTo(usual);
        }
    }

    @Test
    void readsItsOwnText() {
        assertThat(LateSteps.parse("8")).isEqualTo(new LateSteps(8, 0.5f));
        assertThat(LateSteps.parse("8@0.25")).isEqualTo(new LateSteps(8, 0.25f));
        assertThat(LateSteps.parse("off")).isEqualTo(LateSteps.NONE);
        assertThat(LateSteps.parse(new LateSteps(12, 0.3f).toString())).isEqualTo(new LateSteps(12, 0.3f));
        assertThat(LateSteps.parse(LateSteps.NONE.toString())).isEqualTo(LateSteps.NONE);
    }

    @Test
    void saysWhatIsAllowed() {
        assertThatThrownBy(() -> LateSteps.parse("some")).hasMessageContaining("N@SHARE");
        assertThatThrownBy(() -> LateSteps.parse("4@much")).hasMessageContaining("N@SHARE");
        assertThatThrownBy(() -> new LateSteps(0)).hasMessageContaining("between 1 and 10000");
        assertThatThrownBy(() -> new LateSteps(4, 1.5f)).hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> new LateSteps(4, Float.NaN)).hasMessageContaining("between 0 and 1");
        var tooFew =
                heart(4).sampler(Sampler.of("s1")).lateSteps(new LateSteps(1)).build();
        assertThatThrownBy(() -> model.generate(tooFew)).hasMessageContaining("late steps must be between 2");
    }
}
