package dev.nextstep.server.config;

/**
 * What one request may ask for.
 *
 * @param pictures pictures for each prompt
 * @param prompts prompts of a job
 * @param pixels width times height of a picture
 * @param uploadBytes size of the request with all its files
 * @param sourcePixels width times height of a picture that is sent in
 * @param sources pictures that are sent in
 */
public record RequestLimits(int pictures, int prompts, long pixels, long uploadBytes, long sourcePixels, int sources) {
    /** Longest body that holds no files, in bytes. */
    public static final int JSON_BYTES = 1 << 20;
}
