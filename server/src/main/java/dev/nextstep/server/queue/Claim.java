package dev.nextstep.server.queue;

/**
 * The right to draw a picture. It ends when another server takes over: whoever holds an old one changes nothing.
 *
 * @param jobId job of the picture
 * @param index number of the picture in its job
 * @param worker who may draw it
 * @param attempt how often it was begun
 */
public record Claim(String jobId, int index, String worker, int attempt) {}
