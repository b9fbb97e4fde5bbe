package dev.nextstep;

import dev.nextstep.image.Pixels;
import dev.nextstep.image.SourceFit;
import dev.nextstep.prompt.Grid;
import java.util.Arrays;
import java.util.BitSet;

/** From what a request wants to keep to the tokens that are kept. */
final class KeptTokens {
    // Half of the brightest, in thousandths of it times 255.
    private static final int LIGHT = 128 * 1000;

    private KeptTokens() {}

    /**
     * The tokens of a drawing that are kept.
     *
     * @param grid size of the drawing
     * @param side pixels of a token
     * @throws IllegalArgumentException if the picture does not fit the drawing; the message says what would
     */
    static DrawingPlan.KeptInput of(Kept kept, Grid grid, int side) {
        return switch (kept) {
            case Kept.Rows rows -> rows(rows, grid, side);
            case Kept.Unmarked unmarked -> unmarked(unmarked, grid, side);
        };
    }

    private static DrawingPlan.KeptInput rows(Kept.Rows kept, Grid grid, int side) {
        var picture = kept.picture();
        int width = grid.columns() * side;
        if (picture.width() != width) {
            throw new IllegalArgumentException(
                    "rows are kept of a picture of %d x %d pixels, and %d x %d are drawn; both must have the same width"
                            .formatted(picture.width(), picture.height(), width, grid.rows() * side));
        }
        int rows = Math.min(picture.height() / side, grid.rows());
        if (kept.rows() > rows) {
            throw new IllegalArgumentException(
                    "%d rows of tokens can be kept of a picture of %d x %d pixels in a drawing of %d x %d, not %d"
                            .formatted(
                                    rows, picture.width(), picture.height(), width, grid.rows() * side, kept.rows()));
        }
        var which = new BitSet();
        which.set(0, kept.rows() * grid.columns());
        int whole = picture.height() / side;
        return new DrawingPlan.KeptInput(
                kept.part(),
                which,
                new TokenInput.Painted(new Grid(whole, grid.columns()), top(picture, whole * side)));
    }

    private static Pixels top(Pixels picture, int height) {
        return height == picture.height()
                ? picture
                : Pixels.of(picture.width(), height, Arrays.copyOf(picture.toBytes(), 3 * picture.width() * height));
    }

    private static DrawingPlan.KeptInput unmarked(Kept.Unmarked kept, Grid grid, int side) {
        var fit = new SourceFit.Cover(grid.columns() * side, grid.rows() * side);
        var which = new BitSet();
        which.set(0, grid.tokens());
        var mask = fit.apply(kept.mask());
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                int rgb = mask.rgb(x, y);
                if (299 * (rgb >> 16 & 255) + 587 * (rgb >> 8 & 255) + 114 * (rgb & 255) >= LIGHT) {
                    which.clear(y / side * grid.columns() + x / side);
                }
            }
        }
        if (which.cardinality() == grid.tokens()) {
            throw new IllegalArgumentException(
                    "nothing is marked in the mask: make light what is to be drawn anew, and the rest dark");
        }
        return new DrawingPlan.KeptInput(kept.part(), which, new TokenInput.Painted(grid, fit.apply(kept.picture())));
    }
}
