package dev.nextstep.server.drawing;

/**
 * Another end of the same beginning: from some row of tokens on, with another seed.
 *
 * @param row first row of tokens that differs, from 0
 * @param seed of the rest
 */
public record Branch(int row, long seed) {}
