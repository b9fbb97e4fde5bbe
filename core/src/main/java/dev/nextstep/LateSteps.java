package dev.nextstep;

/**
 * Another number of sampling steps for the later tokens of a picture. The first tokens decide what it becomes; those behind
 * know more of it, and are nearly as good after fewer steps.
 *
 * @param steps steps of late tokens, 1 to 10 000; the sampler may ask for more than 1
 * @param share of the picture that is drawn with the usual steps, 0 to 1: of n tokens in raster order, those with index
 *     share · n or more are late; 1 for none
 */
public record LateSteps(int steps, float share) {
    /** All tokens take the same number of steps. */
    public static final LateSteps NONE = new LateSteps(1, 1);

    /** The share that is taken where none is said: half of the picture. */
    public static final float DEFAULT_SHARE = 0.5f;

    public LateSteps {
        if (steps < 1 || steps > 10_000) {
            throw new IllegalArgumentException("late steps must be between 1 and 10000, not " + steps);
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "late steps must begin at a share of the picture between 0 and 1, not " + share);
        }
        if (share == 1) {
            steps = 1; // what no token takes makes no difference
        }
    }

    /** Late from the middle of the picture on. */
    public LateSteps(int steps) {
        this(steps, DEFAULT_SHARE);
    }

    /**
     * Reads {@code N}, {@code N@SHARE} or {@code off}.
     *
     * @throws IllegalArgumentException if it is none of these or out of range; the message says which
     */
    public static LateSteps parse(String text) {
        if (text.equals("off")) {
            return NONE;
        }
        int at = text.indexOf('@');
        try {
            int steps = Integer.parseInt(at < 0 ? text : text.substring(0, at));
            return at < 0 ? new LateSteps(steps) : new LateSteps(steps, Float.parseFloat(text.substring(at + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'%s' are no late steps; write N or N@SHARE, such as 8@0.5 for 8 steps from the middle on, or off"
                            .formatted(text),
                    e);
        }
    }

    /** Whether no token is late. */
    public boolean isNone() {
        return share == 1;
    }

    /**
     * The steps of a token.
     *
     * @param usual those of tokens that are not late
     * @param token its index, raster order
     * @param total tokens of the picture
     */
    int of(int usual, int token, int total) {
        return !isNone() && token >= share * total ? steps : usual;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return isNone() ? "off" : steps + "@" + share;
    }
}
