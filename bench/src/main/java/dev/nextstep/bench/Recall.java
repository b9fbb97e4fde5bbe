package dev.nextstep.bench;

import dev.nextstep.image.Pixels;
import dev.nextstep.train.measure.CaptionCase;
import dev.nextstep.train.measure.CasesFile;
import dev.nextstep.train.measure.ColourGrid;
import dev.nextstep.train.measure.EmojiPictures;
import dev.nextstep.train.measure.Gallery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether drawn pictures still show what they should: the nearest real picture of the prompted style must be the prompted
 * glyph, as in {@code nextstep measure}, top 1 among all glyphs of the style.
 */
final class Recall {
    private static final int SIDE = 64;

    private final List<CaptionCase> cases;
    private final Map<String, Gallery> galleries;

    private Recall(List<CaptionCase> cases, Map<String, Gallery> galleries) {
        this.cases = cases;
        this.galleries = galleries;
    }

    /**
     * Reads the real pictures.
     *
     * @param emojiSet folder of the rendered set
     * @param file cases, of whose seen ones some are taken at even distances
     * @param count how many at most
     * @throws dev.nextstep.train.measure.MeasureException if one cannot be read
     */
    static Recall read(Path emojiSet, Path file, int count) {
        var seen = CasesFile.read(file).seen();
        int taken = Math.min(count, seen.size());
        var cases = new ArrayList<CaptionCase>();
        for (int i = 0; i < taken; i++) {
            cases.add(seen.get((int) ((long) i * seen.size() / taken)));
        }
        var set = EmojiPictures.open(emojiSet);
        var grids = new HashMap<String, Map<String, ColourGrid>>();
        cases.forEach(each -> grids.put(each.picture().style(), new LinkedHashMap<>()));
        for (var entry : set.entries()) {
            var name = entry.name();
            var ofStyle = grids.get(name.style());
            if (ofStyle != null) {
                ofStyle.put(name.hexcode(), ColourGrid.of(set.read(name, SIDE)));
            }
        }
        var galleries = new HashMap<String, Gallery>();
        grids.forEach((style, pictures) -> galleries.put(style, new Gallery(pictures)));
        return new Recall(cases, galleries);
    }

    /** What is asked for, in the order in which {@link #isFound} counts. */
    List<String> captions() {
        return cases.stream().map(CaptionCase::caption).toList();
    }

    /** Whether the picture that was drawn for a prompt shows its glyph. */
    boolean isFound(int prompt, Pixels drawn) {
        var name = cases.get(prompt).picture();
        var gallery = galleries.get(name.style());
        if (gallery == null) {
            throw new IllegalStateException("no gallery of style " + name.style());
        }
        return gallery.rank(ColourGrid.of(drawn), name.hexcode()) == 1;
    }
}
