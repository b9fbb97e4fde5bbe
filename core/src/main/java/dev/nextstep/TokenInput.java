package dev.nextstep;

import dev.nextstep.image.Pixels;
import dev.nextstep.prompt.Grid;

/** A picture that a drawing reads as tokens. */
sealed interface TokenInput {
    /** Its size. */
    Grid grid();

    /** A picture that is still to be encoded, of whole tokens. */
    record Painted(Grid grid, Pixels pixels) implements TokenInput {}

    /** Tokens [rows·columns, tokenDim]. */
    record Encoded(Grid grid, float[] tokens) implements TokenInput {}
}
