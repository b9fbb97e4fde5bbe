package dev.nextstep.data.emoji;

/**
 * How much is held out. The choice depends on the seed and on names alone, never on which glyphs take part in a run.
 *
 * @param seed any number
 * @param pairs share of the pictures whose glyph another style draws too, 0 to 0.5
 * @param glyphs share of the glyphs, 0 to 0.5
 * @param edits share of the edit pairs, 0 to 0.1; of the kinds that have few pairs, colour and clock, five times as much
 */
public record HoldOutOptions(long seed, double pairs, double glyphs, double edits) {
    private static final double RARE = 5;

    /** 5 % of pairs, 2 % of glyphs, 2 % of edits. */
    public static final HoldOutOptions DEFAULT = new HoldOutOptions(20260, 0.05, 0.02, 0.02);

    /**
     * Checks the shares.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public HoldOutOptions {
        check("pairs", pairs);
        check("glyphs", glyphs);
        if (!(edits >= 0 && edits <= 0.1)) {
            throw new IllegalArgumentException("share of held-out edits is " + edits + ": expected 0 to 0.1");
        }
    }

    /** Share of the pairs of one kind. */
    double edits(EditKind kind) {
        return switch (kind) {
            case STYLE, TONE, GENDER, MIRROR, PAINT -> edits;
            case COLOUR, CLOCK -> RARE * edits;
        };
    }

    private static void check(String name, double share) {
        if (!(share >= 0 && share <= 0.5)) {
            throw new IllegalArgumentException("share of held-out " + name + " is " + share + ": expected 0 to 0.5");
        }
    }
}
