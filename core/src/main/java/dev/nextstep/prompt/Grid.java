package dev.nextstep.prompt;

/**
 * Size of a picture in tokens; one token is 16×16 pixels (8 by the image tokenizer, 2 by the latent patch).
 *
 * @param rows height in tokens, 1 to 4096
 * @param columns width in tokens, 1 to 4096
 */
public record Grid(int rows, int columns) {
    /** Side of a token in pixels. */
    public static final int PIXELS = 16;

    /** Most rows and most columns. */
    public static final int LONGEST_SIDE = 4096;

    /** Most tokens. */
    public static final int MOST_TOKENS = 1 << 20;

    public Grid {
        if (rows < 1 || columns < 1 || rows > LONGEST_SIDE || columns > LONGEST_SIDE || rows * columns > MOST_TOKENS) {
            throw new PromptException(
                    "a grid of %d rows and %d columns; allowed are sides of 1 to %d and %d tokens in all"
                            .formatted(rows, columns, LONGEST_SIDE, MOST_TOKENS));
        }
    }

    /**
     * The grid of a picture.
     *
     * @throws PromptException if a side is not a positive multiple of 16 pixels; the message gives the nearest size
     */
    public static Grid ofPixels(int width, int height) {
        if (width < PIXELS || height < PIXELS || width % PIXELS != 0 || height % PIXELS != 0) {
            throw new PromptException("a picture of %d×%d pixels; both sides must be multiples of %d, such as %d×%d"
                    .formatted(width, height, PIXELS, nearest(width), nearest(height)));
        }
        return new Grid(height / PIXELS, width / PIXELS);
    }

    /**
     * The grid that the reference takes for a picture: what is beyond the last multiple of 16 pixels is dropped
     * without a word (spec §11 #20). For parity; {@link #ofPixels} is for users.
     *
     * @throws PromptException if a side is shorter than 16 pixels
     */
    public static Grid flooringPixels(int width, int height) {
        if (width < PIXELS || height < PIXELS) {
            throw new PromptException(
                    "a picture of %d×%d pixels; both sides must be at least %d".formatted(width, height, PIXELS));
        }
        return new Grid(height / PIXELS, width / PIXELS);
    }

    private static int nearest(int pixels) {
        return Math.max(1, (int) ((pixels + PIXELS / 2L) / PIXELS)) * PIXELS;
    }

    /** Number of tokens. */
    public int tokens() {
        return rows * columns;
    }

    /** Height in pixels. */
    public int height() {
        return rows * PIXELS;
    }

    /** Width in pixels. */
    public int width() {
        return columns * PIXELS;
    }

    /** The size as the model reads it, {@code rows*columns}. */
    public String text() {
        return rows + "*" + columns;
    }
}
