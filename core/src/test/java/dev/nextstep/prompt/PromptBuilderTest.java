package dev.nextstep.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.testing.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rows look like where the reference has no answer, and what is refused. */
class PromptBuilderTest {
    private final TextTokenizer tokenizer = TextTokenizer.read(Golden.folder("lm/tiny-b"));
    private final SpecialTokens special = SpecialTokens.find(tokenizer);
    private final PromptBuilder builder = new PromptBuilder(tokenizer, special);
    private static final Grid OUTPUT = new Grid(2, 3);

    @Test
    void imageRowsHaveOneBlockPerPictureOfTheirCaption() {
        var request = PromptRequest.of(List.of("a <image> and <image>", "none", "<image>"), OUTPUT)
                .withPictures(List.of(new Grid(1, 2), new Grid(3, 1), new Grid(2, 2)))
                .withPicturesPerCaption(2)
                .withNegative("no")
                .withGuidance(GuidanceLayout.of(7.5, 2, 3));
        var rows = builder.build(request);
        assertThat(rows.rows()).hasSize(18);
        assertThat(rows.pictureOrder()).containsExactly(0, 1, 0, 1, 2, 2, 0, 1, 0, 1, 2, 2);
        for (int i = 0; i < 6; i++) {
            var conditional = rows.rows().get(i);
            var image = rows.rows().get(6 + i);
            assertThat(conditional.kind()).isEqualTo(RowKind.CONDITIONAL);
            assertThat(image.kind()).isEqualTo(RowKind.IMAGE_AND_NEGATIVE);
            assertThat(rows.rows().get(12 + i).kind()).isEqualTo(RowKind.NEGATIVE);
            assertThat(image.caption()).isEqualTo(i / 2);
            assertThat(image.pictures().stream().map(PictureSpan::picture))
                    .isEqualTo(conditional.pictures().stream()
                            .map(PictureSpan::picture)
                            .toList());
            long placeholders = Arrays.stream(image.ids())
                    .filter(id -> id == special.imagePlaceholder())
                    .count();
            assertThat(placeholders)
                    .isEqualTo(image.pictures().stream()
                            .mapToInt(s -> s.grid().tokens())
                            .sum());
        }
    }

    @Test
    void typedSpecialTokensAreTextUnlessAskedFor() {
        var request = PromptRequest.of(List.of("<|image_placeholder|>"), OUTPUT);
        assertThat(builder.build(request).rows().getFirst().ids()).doesNotContain(special.imagePlaceholder());
        assertThat(builder.build(request.withSpecialTokenText(SpecialTokenText.AS_TOKENS))
                        .rows()
                        .getFirst()
                        .ids())
                .contains(special.imagePlaceholder());
    }

    @Test
    void beginningOfTextStandsInFrontIfThereIsOne(@TempDir Path scratch) throws Exception {
        Files.copy(Golden.folder("lm/tiny-b").resolve("tokenizer.json"), scratch.resolve("tokenizer.json"));
        Files.writeString(scratch.resolve("tokenizer_config.json"), "{\"bos_token\": {\"content\": \"<|im_start|>\"}}");
        var other = TextTokenizer.read(scratch);
        var tokens = SpecialTokens.find(other);
        assertThat(tokens.bos()).isPresent();
        var request = PromptRequest.of(List.of("x"), OUTPUT).withGuidance(GuidanceLayout.TEXT);
        var with = new PromptBuilder(other, tokens).build(request);
        var without = new PromptBuilder(other, tokens).build(request.withBosRule(BosRule.NEVER));
        assertThat(with.length()).isEqualTo(without.length() + 1);
        for (var row : with.rows()) {
            assertThat(row.id(0)).isEqualTo(tokens.bos().getAsInt());
        }
    }

    @Test
    void specialTokensMustAgreeWithTheConfiguration() {
        var none = OptionalInt.empty();
        var good = new SpecialTokens.Configured(
                OptionalInt.of(special.eos()), none, OptionalInt.of(special.beginOfImage()), none, none);
        assertThat(SpecialTokens.find(tokenizer, good)).isEqualTo(special);
        var bad = new SpecialTokens.Configured(none, none, OptionalInt.of(7), none, none);
        assertThatThrownBy(() -> SpecialTokens.find(tokenizer, bad))
                .isInstanceOf(PromptException.class)
                .hasMessageContaining("boi is 7")
                .hasMessageContaining(String.valueOf(special.beginOfImage()));
    }

    @Test
    void impossibleGuidanceIsRefused() {
        assertThat(GuidanceLayout.of(1, 1, 1)).isEqualTo(GuidanceLayout.NONE);
        assertThat(GuidanceLayout.of(1.5, 1, 1)).isEqualTo(GuidanceLayout.TEXT);
        for (double[] scales : new double[][] {{7.5, 2, 0}, {1, 2, 1}, {0.5, 1, 0}, {7.5, 0, 1}, {Double.NaN, 1, 0}}) {
            assertThatThrownBy(() -> GuidanceLayout.of(scales[0], scales[1], (int) scales[2]))
                    .as(Arrays.toString(scales))
                    .isInstanceOf(PromptException.class);
        }
    }

    @Test
    void impossibleRequestsAreRefused() {
        var one = PromptRequest.of(List.of("<image>"), OUTPUT);
        refused("no caption", () -> PromptRequest.of(List.of(), OUTPUT));
        refused("1 <image> tags, but there are 2", () -> one.withPictures(List.of(OUTPUT, OUTPUT)));
        refused("at least one", () -> one.withPicturesPerCaption(0));
        refused("needs a source picture", () -> one.withGuidance(GuidanceLayout.TEXT_AND_IMAGE));
        refused("multiples of 16, such as 80×96", () -> Grid.ofPixels(79, 95));
        refused("multiples of 16", () -> Grid.ofPixels(0, 16));
        refused("at least 16", () -> Grid.flooringPixels(15, 16));
        refused("allowed are sides", () -> new Grid(0, 1));
        assertThat(Grid.ofPixels(48, 32)).isEqualTo(new Grid(2, 3));
        assertThat(Grid.flooringPixels(70, 95)).isEqualTo(new Grid(5, 4));
    }

    private static void refused(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(PromptException.class).hasMessageContaining(message);
    }

    @Test
    void defaultTextsDifferAsTheScriptsDo() {
        assertThat(PromptDefaults.NEGATIVE_FEBRUARY).contains("bad hands, bad texts, bad layout, error");
        assertThat(PromptDefaults.NEGATIVE_WITH_WRITING).contains("bad hands, error");
    }
}
