package dev.nextstep.server.queue;

/**
 * What a job reads and draws.
 *
 * @param text text tokens that are read
 * @param images image tokens that are read
 * @param output image tokens that are drawn
 */
public record TokenCounts(int text, int images, int output) {
    /** What is read. */
    public int input() {
        return text + images;
    }

    /** All of it. */
    public int total() {
        return input() + output;
    }
}
