package dev.nextstep.data.filter;

import dev.nextstep.image.Pixels;

/**
 * Pictures of which not too much is covered by text, such as watermarks; of several, the worst counts.
 *
 * <p>A heuristic, without a model. The picture is shrunk to a longer side of 768 and cut into cells of 8 × 8 pixels. A cell
 * looks like text if, in at least three of its rows, the brightness jumps up and down again by more than 40 levels (strokes),
 * while nine tenths of its pixels lie near its darkest or its brightest value (ink and paper). Text stands in lines, so only runs of
 * at least four such cells side by side count. The measure is the share of these cells. Fences, stripes and fine patterns
 * are taken for text; large letters, vertical and faint writing are not found. Look at the sheet of dropped pictures before
 * you rely on a threshold; 0.02 to 0.1 are sensible.
 *
 * @param max largest share of cells, 0 to 1
 */
public record TextShareFilter(double max) implements Filter {
    private static final int SIDE = 768;
    private static final int CELL = 8;
    private static final int JUMP = 40;
    private static final int ROWS = 3;
    private static final double TWO_TONES = 0.9;
    private static final int RUN = 4;

    /** Checks the range. */
    public TextShareFilter {
        if (!(max >= 0 && max <= 1)) {
            throw new IllegalArgumentException("the largest share of text must be in 0..1, got " + max);
        }
    }

    @Override
    public String name() {
        return "text_share";
    }

    @Override
    public String rule() {
        return "share of text-like cells at most %s".formatted(max);
    }

    @Override
    public Verdict judge(Candidate candidate) {
        var most = candidate.pictures().stream()
                .mapToDouble(TextShareFilter::textShare)
                .max();
        return most.isEmpty() ? Verdict.PASSED : Verdict.atMost(most.getAsDouble(), max);
    }

    /** The measure. */
    static double textShare(Pixels picture) {
        var luma = Luma.atMost(picture, SIDE);
        int columns = luma.width() / CELL;
        int rows = luma.height() / CELL;
        int found = 0;
        for (int row = 0; row < rows; row++) {
            int run = 0;
            for (int column = 0; column <= columns; column++) {
                if (column < columns && isText(luma, column * CELL, row * CELL)) {
                    run++;
                } else {
                    found += run >= RUN ? run : 0;
                    run = 0;
                }
            }
        }
        return columns * rows == 0 ? 0 : (double) found / (columns * rows);
    }

    private static boolean isText(Luma luma, int left, int top) {
        int low = 255;
        int high = 0;
        int rowsWithStrokes = 0;
        for (int y = top; y < top + CELL; y++) {
            int jumps = 0;
            int direction = 0;
            for (int x = left; x < left + CELL; x++) {
                int value = luma.at(x, y);
                low = Math.min(low, value);
                high = Math.max(high, value);
                int step = x > left ? value - luma.at(x - 1, y) : 0;
                int now = step > JUMP ? 1 : step < -JUMP ? -1 : 0;
                if (now != 0 && now != direction) {
                    jumps++;
                    direction = now;
                }
            }
            rowsWithStrokes += jumps >= 2 ? 1 : 0;
        }
        if (rowsWithStrokes < ROWS) {
            return false;
        }
        int near = Math.max(1, (high - low) / 3);
        int atEnds = 0;
        for (int y = top; y < top + CELL; y++) {
            for (int x = left; x < left + CELL; x++) {
                int value = luma.at(x, y);
                atEnds += value - low <= near || high - value <= near ? 1 : 0;
            }
        }
        return atEnds >= TWO_TONES * CELL * CELL;
    }
}
