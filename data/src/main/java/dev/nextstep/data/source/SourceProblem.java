package dev.nextstep.data.source;

/**
 * Something in a source that gives no sample.
 *
 * @param where file, with line for lists
 * @param reason what is wrong
 */
public record SourceProblem(String where, String reason) {}
