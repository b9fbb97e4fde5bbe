package dev.nextstep.prompt;

/**
 * Where the tokens of a source picture stand in a row.
 *
 * @param picture index into the source pictures of the request
 * @param offset index of the first placeholder in the row's ids, padding not counted
 * @param grid size; the span has {@code grid.tokens()} placeholders, in row-major order
 */
public record PictureSpan(int picture, int offset, Grid grid) {}
