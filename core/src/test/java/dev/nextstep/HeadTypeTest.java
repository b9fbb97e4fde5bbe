package dev.nextstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.checkpoint.IfExists;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.checkpoint.ModelQuantizer;
import dev.nextstep.checkpoint.QuantizationListener;
import dev.nextstep.checkpoint.QuantizationPlan;
import dev.nextstep.checkpoint.StoredFormat;
import dev.nextstep.checkpoint.WeightType;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.flow.HeadType;
import dev.nextstep.image.PictureDifference;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flow head can be kept in 8 bits while a model is open. */
class HeadTypeTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root"), "models/emoji");
    private static final OpenOptions Q8 = OpenOptions.DEFAULT.withThreads(1).withHead(HeadType.Q8);
    private static final GenerateRequest HEART =
            GenerateRequest.builder("a red heart").seed(7).build();

    @Test
    void drawsWhatAQuantizedFileDraws(@TempDir Path folder) {
        var same = StoredFormat.SAME;
        var plan = new QuantizationPlan(same, same, same, same, StoredFormat.Q8_0, WeightType.AS_IS);
        var file = folder.resolve("q8");
        try (var source = ModelDirectory.open(MODEL)) {
            ModelQuantizer.quantize(source, file, plan, IfExists.REFUSE, QuantizationListener.NONE);
        }
        try (var opened = NextStep.open(MODEL, Q8);
                var written = NextStep.open(file, OpenOptions.DEFAULT.withThreads(1));
                var stored = NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(1))) {
            var picture = opened.generate(HEART);
            assertThat(picture.tokens()).containsExactly(written.generate(HEART).tokens());
            var usual = stored.generate(HEART);
            assertThat(picture.tokens()).isNotEqualTo(usual.tokens());
            assertThat(PictureDifference.of(usual.pixels(), picture.pixels()).psnr())
                    .isGreaterThan(20);
        }
    }

    @Test
    void standsInRecipesAndIsAskedForBySnapshots() {
        try (var opened = NextStep.open(MODEL, Q8);
                var stored = NextStep.open(MODEL, OpenOptions.DEFAULT.withThreads(1))) {
            var recipe = opened.generate(HEART).recipe();
            assertThat(recipe.arithmetic().head()).isEqualTo(HeadType.Q8);
            assertThat(Recipe.fromJson(recipe.toJson())).isEqualTo(recipe);
            assertThat(OpenOptions.DEFAULT.withArithmetic(recipe.arithmetic()).head())
                    .isEqualTo(HeadType.Q8);
            assertThat(stored.generate(HEART).recipe().toJson()).doesNotContain("flow_head");
            var paused = opened.firstRows(List.of(HEART), 1, DrawingListener.NONE, new Cancellation());
            assertThatThrownBy(() -> stored.resume(paused, DrawingListener.NONE, new Cancellation()))
                    .isInstanceOf(SnapshotException.class)
                    .hasMessageContaining("flow head q8 instead of stored")
                    .hasMessageContaining("--head");
        }
    }

    @Test
    void namesAreReadBack() {
        for (var type : HeadType.values()) {
            assertThat(HeadType.of(type.id())).isEqualTo(type);
        }
        assertThatThrownBy(() -> HeadType.of("q4")).hasMessageContaining("stored, q8");
    }
}
