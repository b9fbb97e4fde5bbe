package dev.nextstep.train.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.image.Pixels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GalleryTest {
    private static final int GLYPHS = 200;

    private static Map<String, ColourGrid> glyphs() {
        var grids = new LinkedHashMap<String, ColourGrid>();
        for (int glyph = 0; glyph < GLYPHS; glyph++) {
            grids.put(MadePictures.hexcode(glyph), ColourGrid.of(MadePictures.of(glyph, "flat", 64)));
        }
        return grids;
    }

    @Test
    void realPicturesFindThemselvesAndSoftenedOnesToo() {
        var grids = glyphs();
        var gallery = new Gallery(grids);
        assertThat(gallery.size()).isEqualTo(GLYPHS);
        grids.forEach((glyph, grid) -> {
            assertThat(gallery.rank(grid, glyph)).isEqualTo(1);
            assertThat(gallery.nearest(grid).glyphs()).containsExactly(glyph);
        });
        for (int glyph = 0; glyph < GLYPHS; glyph++) {
            var soft = ColourGrid.of(Softening.of(MadePictures.of(glyph, "flat", 64), glyph));
            assertThat(gallery.rank(soft, MadePictures.hexcode(glyph))).isEqualTo(1);
        }
    }

    @Test
    void equalPicturesAreOnePictureOfAllTheirGlyphs() {
        var grids = glyphs();
        String twin = "aaaa";
        grids.put(twin, ColourGrid.of(MadePictures.of(7, "flat", 64)));
        var gallery = new Gallery(grids);
        assertThat(gallery.size()).isEqualTo(GLYPHS);
        var drawn = ColourGrid.of(MadePictures.of(7, "flat", 64));
        assertThat(gallery.rank(drawn, twin)).isEqualTo(1);
        assertThat(gallery.rank(drawn, MadePictures.hexcode(7))).isEqualTo(1);
        assertThat(gallery.nearest(drawn).glyphs()).containsExactly(MadePictures.hexcode(7), twin);
    }

    @Test
    void noiseFindsGlyphsByChanceOnly() {
        var gallery = new Gallery(glyphs());
        var lookups = IntStream.range(0, GLYPHS)
                .mapToObj(i -> new RetrievalScore.Lookup(
                        gallery.rank(ColourGrid.of(MadePictures.noise(i, 64)), MadePictures.hexcode(i)),
                        gallery.size()))
                .toArray(RetrievalScore.Lookup[]::new);
        var score = RetrievalScore.of(1, lookups);
        assertThat(score.chance()).isCloseTo(1.0 / GLYPHS, within(1e-12));
        // 1 and 5 of 200 are expected; each 1.4 and 6.5 standard deviations more would still be chance.
        assertThat(score.top1().value()).isLessThanOrEqualTo(5.0 / GLYPHS);
        assertThat(score.top5().value()).isLessThanOrEqualTo(16.0 / GLYPHS);
        assertThat(score.medianRank().value()).isBetween(0.35 * GLYPHS, 0.65 * GLYPHS);
    }

    @Test
    void aPictureThatSaysNothingFindsNothing() {
        var left = new byte[3 * 16 * 16];
        var right = new byte[3 * 16 * 16];
        left[0] = 100;
        right[3] = 100;
        var gallery = new Gallery(
                Map.of("1", ColourGrid.of(Pixels.of(16, 16, left)), "2", ColourGrid.of(Pixels.of(16, 16, right))));
        var between = ColourGrid.of(Pixels.of(16, 16, new byte[3 * 16 * 16]));
        assertThat(gallery.rank(between, "1")).isEqualTo(2);
        assertThat(gallery.rank(between, "2")).isEqualTo(2);
        assertThatThrownBy(() -> gallery.rank(between, "3")).hasMessageContaining("glyph 3");
    }

    @Test
    void gridsAreMeansOfFieldsAtEverySize() {
        var large = new byte[3 * 32 * 32];
        large[3 * (31 * 32 + 30)] = (byte) 200; // one pixel of the last field
        var grid = ColourGrid.of(Pixels.of(32, 32, large));
        var small = new byte[3 * 16 * 16];
        assertThat(grid.distance(ColourGrid.of(Pixels.of(16, 16, small)))).isEqualTo(50);
        small[3 * 255] = 50;
        assertThat(grid).isEqualTo(ColourGrid.of(Pixels.of(16, 16, small)));
        assertThatThrownBy(() -> ColourGrid.of(Pixels.of(16, 24, new byte[3 * 16 * 24])))
                .hasMessageContaining("multiples of 16");
    }
}
