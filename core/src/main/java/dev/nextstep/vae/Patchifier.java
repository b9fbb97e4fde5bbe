package dev.nextstep.vae;

/**
 * Latents to image tokens and back (spec §4.5). A token is a cell of p × p latent pixels; tokens run in raster order, and
 * inside a token the index is (channel · p + row) · p + column. Both ways only move values, so they are exact.
 *
 * @param patchSize p, at least 1; 2 in the official model
 */
public record Patchifier(int patchSize) {
    public Patchifier {
        if (patchSize < 1) {
            throw new IllegalArgumentException("patch size must be at least 1, not " + patchSize);
        }
    }

    /**
     * Tokens of a latent.
     *
     * @param latent [channels, rows · p, columns · p]
     * @return rows · columns tokens of channels · p² values, one after another
     * @throws IllegalArgumentException if a side is not a multiple of p
     */
    public float[] patchify(Planes latent) {
        if (latent.height() % patchSize != 0 || latent.width() % patchSize != 0) {
            throw new IllegalArgumentException("a latent of %d x %d cannot be cut into patches of %d x %d"
                    .formatted(latent.height(), latent.width(), patchSize, patchSize));
        }
        var tokens = new float[latent.values().length];
        move(latent, tokens, Direction.TO_TOKENS);
        return tokens;
    }

    /**
     * The latent of a grid of tokens. The grid is always named: it cannot be told from the number of tokens.
     *
     * @param tokens rows · columns tokens of channels · p² values
     * @return [channels, rows · p, columns · p]
     * @throws IllegalArgumentException if the number of values does not fit
     */
    public Planes unpatchify(float[] tokens, int channels, int rows, int columns) {
        long expected = (long) rows * columns * channels * patchSize * patchSize;
        if (rows < 1 || columns < 1 || channels < 1 || tokens.length != expected) {
            throw new IllegalArgumentException("%d x %d tokens of %d channels and patch size %d need %d values, not %d"
                    .formatted(rows, columns, channels, patchSize, expected, tokens.length));
        }
        var latent = Planes.zeros(channels, rows * patchSize, columns * patchSize);
        move(latent, tokens, Direction.TO_LATENT);
        return latent;
    }

    private enum Direction {
        TO_TOKENS,
        TO_LATENT
    }

    private void move(Planes latent, float[] tokens, Direction direction) {
        int p = patchSize;
        int columns = latent.width() / p;
        int tokenSize = latent.channels() * p * p;
        int source = 0;
        for (int c = 0; c < latent.channels(); c++) {
            for (int y = 0; y < latent.height(); y++) {
                for (int x = 0; x < latent.width(); x++, source++) {
                    int token = y / p * columns + x / p;
                    int target = token * tokenSize + (c * p + y % p) * p + x % p;
                    switch (direction) {
                        case TO_TOKENS -> tokens[target] = latent.values()[source];
                        case TO_LATENT -> latent.values()[source] = tokens[target];
                    }
                }
            }
        }
    }
}
