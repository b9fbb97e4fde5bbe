package dev.nextstep.server.queue;

/**
 * What one picture of a job takes.
 *
 * @param rows rows of tokens
 * @param tokens tokens
 * @param cost sampling steps of tokens, which is what keys get equal shares of
 */
public record Work(int rows, int tokens, long cost) {}
