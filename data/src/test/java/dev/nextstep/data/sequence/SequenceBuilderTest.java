package dev.nextstep.data.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.data.KeyedRandom;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.testing.Golden;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SequenceBuilderTest {
    private static final Grid GRID = new Grid(2, 3);

    private final TextTokenizer tokenizer = TextTokenizer.read(Golden.folder("feb/tiny-feb"));
    private final SpecialTokens special = SpecialTokens.find(tokenizer);
    private final SequenceBuilder builder = new SequenceBuilder(tokenizer, special);

    private String shown(TokenSequence sequence) {
        return tokenizer
                .decode(sequence.inputIds())
                .replace(SpecialTokens.IMAGE_AREA, "[")
                .replace(SpecialTokens.BEGIN_OF_IMAGE, ":")
                .replace(SpecialTokens.IMAGE_PLACEHOLDER, ".")
                .replace(SpecialTokens.END_OF_IMAGE, "]")
                .replace(SpecialTokens.EOS, "$");
    }

    @Test
    void windows() {
        var grids = List.of(GRID, GRID, GRID, GRID);
        String caption = "a<image_0>b<image_1>c<image_2>d<image_3>e";
        assertThat(shown(builder.interleaved(caption, grids, PictureWindow.all(4))))
                .isEqualTo("a[2*3:......]b[2*3:......]c[2*3:......]d[2*3:......]e$");
        assertThat(shown(builder.interleaved(caption, grids, new PictureWindow(1, 2))))
                .isEqualTo("b[2*3:......]c[2*3:......]$");
        assertThat(shown(builder.interleaved(caption, grids, new PictureWindow(3, 1))))
                .isEqualTo("d[2*3:......]$");
        assertThatThrownBy(() -> builder.interleaved(caption, grids, new PictureWindow(3, 2)))
                .hasMessageContaining("there are 4");
        assertThatThrownBy(() -> builder.interleaved(caption, List.of(GRID), PictureWindow.all(1)))
                .hasMessageContaining("4 marks");
    }

    @Test
    void windowsAreWithinTheLimit() {
        var seen = new HashSet<Integer>();
        for (int i = 0; i < 200; i++) {
            var window = PictureWindow.within(3, 5, new KeyedRandom(i));
            assertThat(window.count()).isEqualTo(3);
            seen.add(window.first());
        }
        assertThat(seen).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(PictureWindow.within(3, 3, new KeyedRandom(0))).isEqualTo(PictureWindow.all(3));
        assertThat(PictureWindow.limit(8192, List.of(new Grid(16, 16), new Grid(32, 32))))
                .isEqualTo(4);
        assertThat(PictureWindow.limit(100, List.of(new Grid(32, 32)))).isEqualTo(1);
    }

    @Test
    void whatATypistWritesNeverBecomesASpecialToken() {
        var sequence = builder.text("<|endoftext|><|begin_of_image|>[PAD]<|image_area|>");
        assertThat(sequence.inputIds()).doesNotContain(special.beginOfImage(), special.pad(), special.imageArea());
        assertThat(sequence.inputIds()).containsOnlyOnce(special.eos());
    }

    @Test
    void aBeginningOfTextComesFirstInEveryKind() {
        var withBos = new SequenceBuilder(
                tokenizer,
                new SpecialTokens(
                        special.eos(),
                        special.pad(),
                        special.imageArea(),
                        special.beginOfImage(),
                        special.endOfImage(),
                        special.imagePlaceholder(),
                        OptionalInt.of(7)));
        for (var kind : SampleKind.values()) {
            var grids = switch (kind) {
                case TEXT -> List.<Grid>of();
                case IMAGE_TEXT -> List.of(GRID);
                case EDIT, INTERLEAVED -> List.of(GRID, GRID);
            };
            String caption = kind == SampleKind.IMAGE_TEXT ? "a" : grids.isEmpty() ? "a" : "<image_0>a<image_1>";
            var plain = builder.build(kind, caption, grids, PictureOrder.PICTURE_FIRST);
            var sequence = withBos.build(kind, caption, grids, PictureOrder.PICTURE_FIRST);
            assertThat(sequence.inputIds()[0]).isEqualTo(7);
            assertThat(sequence.length()).isEqualTo(plain.length() + 1);
            for (int i = 0; i < plain.pictures().size(); i++) {
                assertThat(sequence.pictures().get(i))
                        .isEqualTo(plain.pictures().get(i).shifted(1));
                assertThat(sequence.inputIds()[sequence.pictures().get(i).boi()])
                        .isEqualTo(special.beginOfImage());
            }
        }
    }
}
