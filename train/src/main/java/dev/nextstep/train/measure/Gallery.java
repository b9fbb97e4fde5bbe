package dev.nextstep.train.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The real pictures of one style, in which the nearest to a drawn one are looked for ({@link ColourGrid}).
 *
 * <p>Pictures whose grids are equal count as one picture that shows all of their glyphs: the measure cannot tell them
 * apart (some sets draw two glyphs with the same picture). Pictures that are merely similar, such as the tones of a small
 * hand, stay different pictures, and taking one for the other is an error.
 *
 * <p>Immutable.
 */
public final class Gallery {
    private final List<ColourGrid> grids = new ArrayList<>();
    private final List<Set<String>> glyphs = new ArrayList<>();
    private final Map<String, Integer> placeOfGlyph = new HashMap<>();

    /**
     * A gallery.
     *
     * @param pictures grid of each glyph's picture in this style, at least one
     */
    public Gallery(Map<String, ColourGrid> pictures) {
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("a gallery needs at least one picture");
        }
        var places = new LinkedHashMap<ColourGrid, Integer>();
        pictures.forEach((glyph, grid) -> {
            int place = places.computeIfAbsent(grid, g -> {
                grids.add(g);
                glyphs.add(new LinkedHashSet<>());
                return grids.size() - 1;
            });
            glyphs.get(place).add(glyph);
            placeOfGlyph.put(glyph, place);
        });
    }

    /** Number of different pictures. */
    public int size() {
        return grids.size();
    }

    /** Whether the style draws this glyph. */
    public boolean contains(String glyph) {
        return placeOfGlyph.containsKey(glyph);
    }

    /**
     * How many pictures one must look at, nearest first, until the glyph's comes: 1 if it is the nearest. Of pictures at
     * the same distance the glyph's comes last, so that a picture that says nothing finds nothing.
     *
     * @throws IllegalArgumentException if the style does not draw the glyph
     */
    public int rank(ColourGrid drawn, String glyph) {
        Integer place = placeOfGlyph.get(glyph);
        if (place == null) {
            throw new IllegalArgumentException("the gallery has no picture of glyph " + glyph);
        }
        double own = drawn.squaredDistance(grids.get(place));
        int rank = 1;
        for (int i = 0; i < grids.size(); i++) {
            if (i != place && drawn.squaredDistance(grids.get(i)) <= own) {
                rank++;
            }
        }
        return rank;
    }

    /**
     * The nearest picture.
     *
     * @param glyphs that it shows
     * @param squaredDistance of it
     */
    public record Nearest(Set<String> glyphs, double squaredDistance) {}

    /** The nearest picture to a drawn one. */
    public Nearest nearest(ColourGrid drawn) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < grids.size(); i++) {
            double distance = drawn.squaredDistance(grids.get(i));
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return new Nearest(Collections.unmodifiableSet(glyphs.get(best)), least);
    }
}
