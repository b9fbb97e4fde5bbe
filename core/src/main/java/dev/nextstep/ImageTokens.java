package dev.nextstep;

/**
 * A picture as the model sees it.
 *
 * @param rows token rows
 * @param columns tokens per row
 * @param values tokens [rows·columns, tokenDim], raster order
 */
public record ImageTokens(int rows, int columns, float[] values) {}
