package dev.nextstep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.checkpoint.IfExists;
import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.checkpoint.ModelQuantizer;
import dev.nextstep.checkpoint.QuantizationListener;
import dev.nextstep.checkpoint.QuantizationPlan;
import dev.nextstep.checkpoint.StoredFormat;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.PictureDifference;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model that comes with the program, quantised, draws much the same pictures. */
class SmallWeightsTest {
    private static final Path MODEL = Path.of(System.getProperty("project.root"), "models/emoji");
    private static final List<String> PROMPTS =
            List.of("a red heart", "a green apple", "a panda", "a yellow star", "a penguin");

    @TempDir
    private Path folder = Path.of("unset");

    private Path quantized(StoredFormat format) {
        var target = folder.resolve(format.id());
        try (var source = ModelDirectory.open(MODEL)) {
            ModelQuantizer.quantize(
                    source, target, QuantizationPlan.of(format), IfExists.REFUSE, QuantizationListener.NONE);
        }
        return target;
    }

    // Median PSNR in dB; 32 prompts gave 38.7, 19.7 and 18.6 (docs/performance.md).
    @ParameterizedTest
    @CsvSource({"Q8_0, 28", "Q4_K, 15", "Q4_0, 14"})
    void drawsMuchTheSame(StoredFormat format, double bar) {
        try (var reference = NextStep.open(MODEL);
                var small = NextStep.open(quantized(format))) {
            var psnr = PROMPTS.stream()
                    .map(prompt -> GenerateRequest.builder(prompt).seed(1).build())
                    .map(request -> PictureDifference.of(
                                    reference.generate(request).pixels(),
                                    small.generate(request).pixels())
                            .psnr())
                    .sorted()
                    .toList();
            assertThat(psnr.get(PROMPTS.size() / 2)).as("PSNR %s", psnr).isGreaterThan(bar);
        }
    }

    @Test
    void writesAndEditsAndIsNamedByItsHash() {
        try (var small = NextStep.open(quantized(StoredFormat.Q4_K));
                var reference = NextStep.open(MODEL)) {
            assertThat(small.weightsHash()).hasSize(64).isNotEqualTo(reference.weightsHash());
            var text = small.write(TextRequest.greedy("a red", 3), piece -> {}, new Cancellation());
            assertThat(text.ids()).hasSizeBetween(0, 3);
            var picture =
                    small.generate(GenerateRequest.builder("a dog").seed(2).build());
            var edited = small.edit(EditRequest.builder("make it blue", picture.pixels())
                    .seed(3)
                    .build());
            assertThat(edited.pixels().width()).isEqualTo(picture.pixels().width());
        }
    }
}
