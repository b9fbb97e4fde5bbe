package dev.nextstep;

import dev.nextstep.image.Pixels;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The finished rows of a picture that is being drawn. Their tokens are final. Their pixels are the exact decoding of these
 * rows as a picture of their own; in the final picture they can differ a little, because the decoder's normalisation and
 * attention see the whole picture.
 */
public final class PartialPicture {
    private final int position;
    private final int index;
    private final int finishedRows;
    private final int rows;
    private final Supplier<ImageTokens> tokens;
    private final Function<ImageTokens, Pixels> decode;

    PartialPicture(
            int position,
            int index,
            int finishedRows,
            int rows,
            Supplier<ImageTokens> tokens,
            Function<ImageTokens, Pixels> decode) {
        this.position = position;
        this.index = index;
        this.finishedRows = finishedRows;
        this.rows = rows;
        this.tokens = tokens;
        this.decode = decode;
    }

    /** Place among the pictures that are drawn together, from 0. */
    public int position() {
        return position;
    }

    /** Index of the picture in its request. */
    public int index() {
        return index;
    }

    /** Token rows that are finished. */
    public int finishedRows() {
        return finishedRows;
    }

    /** Token rows of the whole picture. */
    public int rows() {
        return rows;
    }

    /** A copy of the tokens of the finished rows, which are those of the finished picture. Valid during the call of the listener. */
    public ImageTokens tokens() {
        return tokens.get();
    }

    /** Decodes the finished rows: full width, {@code finishedRows} tokens high. Valid during the call of the listener. */
    public Pixels pixels() {
        return decode.apply(tokens());
    }
}
