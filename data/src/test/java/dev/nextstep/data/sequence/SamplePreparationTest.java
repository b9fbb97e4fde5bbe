package dev.nextstep.data.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.TestSamples;
import dev.nextstep.data.testing.Golden;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.SourceFit;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplePreparationTest {
    private final TextTokenizer tokenizer = TextTokenizer.read(Golden.folder("feb/tiny-feb"));
    private final SpecialTokens special = SpecialTokens.find(tokenizer);
    private final SequenceBuilder builder = new SequenceBuilder(tokenizer, special);
    private final SamplePreparation official = new SamplePreparation(builder, PreparationSettings.official(42, 2));

    private static List<Grid> grids(Sample sample) {
        return sample.pictures().stream().map(p -> new Grid(2, 2)).toList();
    }

    @Test
    void picturesFollowTheMarksThatRemain() {
        for (var sample : List.of(TestSamples.edit(1), TestSamples.interleaved(1, 5))) {
            var grids = List.of(new Grid(1, 1), new Grid(1, 2), new Grid(1, 3), new Grid(1, 4), new Grid(1, 5));
            int shorter = 0;
            for (int draw = 0; draw < 300; draw++) {
                var prepared = official.prepare(sample, draw, grids).orElseThrow();
                assertThat(prepared.pictures())
                        .hasSameSizeAs(prepared.sequence().pictures());
                for (int i = 0; i < prepared.pictures().size(); i++) {
                    assertThat(prepared.sequence().pictures().get(i).grid())
                            .isEqualTo(grids.get(prepared.pictures().get(i)));
                }
                if (sample.kind() == SampleKind.EDIT) {
                    assertThat(prepared.pictures()).last().isEqualTo(1);
                    assertThat(prepared.sequence().pictures().getLast().trained())
                            .isTrue();
                } else {
                    assertThat(prepared.pictures()).hasSize(2);
                }
                shorter += prepared.pictures().size() < 2 ? 1 : 0;
            }
            assertThat(shorter / 300.0).isCloseTo(sample.kind() == SampleKind.EDIT ? 0.133 : 0, within(0.06));
        }
    }

    @Test
    void choicesAreAFunctionOfSeedKeyAndDraw() {
        var sample = TestSamples.interleaved(3, 6);
        for (int draw = 0; draw < 20; draw++) {
            var again = new SamplePreparation(builder, PreparationSettings.official(42, 2));
            assertThat(again.prepare(sample, draw, grids(sample))
                            .orElseThrow()
                            .sequence()
                            .inputIds())
                    .isEqualTo(official.prepare(sample, draw, grids(sample))
                            .orElseThrow()
                            .sequence()
                            .inputIds());
        }
        assertThat(java.util.stream.IntStream.range(0, 40)
                        .mapToObj(draw -> official.prepare(sample, draw, grids(sample))
                                .orElseThrow()
                                .pictures())
                        .distinct()
                        .count())
                .isGreaterThan(2);
    }

    @Test
    void textComesLastAsOftenAsAskedAndNeverInValidation() {
        var sample = TestSamples.imageText(1);
        var validation = new SamplePreparation(
                builder, PreparationSettings.official(42, 2).forValidation());
        int first = 0;
        for (int draw = 0; draw < 2000; draw++) {
            var ids = official.prepare(sample, draw, grids(sample))
                    .orElseThrow()
                    .sequence()
                    .inputIds();
            first += ids[0] == special.imageArea() ? 1 : 0;
            assertThat(validation
                            .prepare(sample, draw, grids(sample))
                            .orElseThrow()
                            .sequence()
                            .inputIds()[0])
                    .isNotEqualTo(special.imageArea());
        }
        assertThat(first / 2000.0).isCloseTo(0.3, within(0.04));
    }

    @Test
    void whatCannotBeUsedGivesNothing() {
        var noCaption = new Sample("k", SampleKind.IMAGE_TEXT, "", List.of(TestSamples.picture(16, 16, 0)), Map.of());
        assertThat(official.prepare(noCaption, 0, grids(noCaption))).isEmpty();
        var variant = new Sample(
                "k",
                SampleKind.EDIT,
                "<image_0>a<image_1>",
                TestSamples.edit(0).pictures(),
                Map.of("captions", List.of("<image_0>a<image_5>")));
        assertThat(official.prepare(variant, 0, grids(variant))).isEmpty();
    }

    @Test
    void picturesOfAnEditAreAligned() {
        var loader = new PictureLoader(new PictureReader(), new SourceFit.AspectCrop(64));
        EncodedPicture source = TestSamples.picture(100, 104, 1);
        EncodedPicture target = TestSamples.picture(96, 96, 2);
        var edit = new Sample("k", SampleKind.EDIT, "<image_0>a<image_1>", List.of(source, target), Map.of());
        var loaded = loader.load(edit);
        assertThat(loaded).allMatch(p -> p.width() == 64 && p.height() == 64);
        var alone = new Sample("k", SampleKind.INTERLEAVED, "<image_0>a<image_1>", List.of(source, target), Map.of());
        // Squeezed to 96 x 96 first, not cut: another picture than the one that stands for itself.
        assertThat(loader.load(alone).getFirst()).isNotEqualTo(loaded.getFirst());
        assertThat(loader.load(alone).getLast()).isEqualTo(loaded.getLast());
    }
}
