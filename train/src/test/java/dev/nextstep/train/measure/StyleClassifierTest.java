package dev.nextstep.train.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.image.Pixels;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class StyleClassifierTest {
    private static final int GLYPHS = 150;

    /** Trains on made pictures whose label is a function of glyph and style. */
    private static StyleClassifier trained(long seed, IntFunction<String> relabelled) {
        var trainer = new StyleClassifier.Trainer(seed);
        for (int glyph = 0; glyph < GLYPHS; glyph++) {
            for (int s = 0; s < MadePictures.STYLES.size(); s++) {
                String code = MadePictures.hexcode(glyph);
                String label = relabelled.apply(3 * glyph + s);
                trainer.add(code, new PictureName(code, label), MadePictures.of(glyph, MadePictures.STYLES.get(s), 64));
            }
        }
        return trainer.train();
    }

    @Test
    void stylesAreToldOnGlyphsThatWereNotLearnedAlsoWhenSoftened() {
        var classifier = trained(5, i -> MadePictures.STYLES.get(i % 3));
        assertThat(classifier.styles()).containsExactly("flat", "lined", "shaded");
        assertThat(classifier.accuracy().count()).isBetween(40, 150);
        assertThat(classifier.accuracy().value()).isGreaterThanOrEqualTo(0.95);
        assertThat(classifier.accuracyByStyle()).containsOnlyKeys("flat", "lined", "shaded");
        int right = 0;
        for (int glyph = GLYPHS; glyph < GLYPHS + 60; glyph++) {
            String style = MadePictures.STYLES.get(glyph % 3);
            Pixels soft = Softening.of(MadePictures.of(glyph, style, 64), glyph);
            right += classifier.style(soft).equals(style) ? 1 : 0;
        }
        assertThat(right).isGreaterThanOrEqualTo(54);
    }

    @Test
    void whatCannotBeLearnedIsGuessed() {
        var classifier = trained(5, i -> MadePictures.STYLES.get(Math.floorMod((i * 0x9E3779B9) >>> 7, 3)));
        assertThat(classifier.accuracy().value()).isBetween(0.15, 0.55);
    }

    @Test
    void theSameSeedGivesTheSameClassifier() {
        var one = trained(8, i -> MadePictures.STYLES.get(i % 3));
        var two = trained(8, i -> MadePictures.STYLES.get(i % 3));
        assertThat(two.accuracy()).isEqualTo(one.accuracy());
        for (int i = 0; i < 50; i++) {
            var noise = MadePictures.noise(i, 64);
            assertThat(two.style(noise)).isEqualTo(one.style(noise));
        }
    }

    @Test
    void tooFewPicturesAreRefused() {
        assertThatThrownBy(() -> new StyleClassifier.Trainer(1).train()).hasMessageContaining("too few");
    }
}
