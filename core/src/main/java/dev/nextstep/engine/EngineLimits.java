package dev.nextstep.engine;

import dev.nextstep.vae.ImageTokenizer;

/**
 * How much the engine takes on at once. They change when a picture is ready, never the picture.
 *
 * @param rowsPerPass most sequences that are drawn in one pass over the weights, guidance rows counted, 1 to 65 536. More
 *     than some dozens save no time and make every pass longer; pictures beyond take turns
 * @param promptPositionsPerPass most positions of prompts that are read in one pass while pictures are being drawn, 1 to
 *     65 536: how long the others may have to wait for a long prompt
 * @param waitingPictures most pictures that may be asked for and not yet drawn, at least 1; what is beyond is refused
 * @param picturesAtOnce most pictures of one request that are in progress at the same time, at least 1
 * @param codingBytes bytes of activations that encoding and decoding of pixels may hold at a time, at least 1: a picture that
 *     needs more is computed in strips, in less memory and more time; for the engine in Java
 */
public record EngineLimits(
        int rowsPerPass, int promptPositionsPerPass, int waitingPictures, int picturesAtOnce, long codingBytes) {
    /** 64 rows, 64 positions, 16 384 pictures, as many at once as there is memory for, 1 GiB. */
    public static final EngineLimits DEFAULT = new EngineLimits(64, 64, 16_384);

    /** One picture at a time, computed in strips of 16 MiB: a little slower, in as little memory as there can be. */
    public static final EngineLimits LOW_MEMORY = new EngineLimits(64, 64, 16_384, 1, 16 << 20);

    /** As many pictures of a request at once as there is memory for, and the usual memory for pixels. */
    public EngineLimits(int rowsPerPass, int promptPositionsPerPass, int waitingPictures) {
        this(
                rowsPerPass,
                promptPositionsPerPass,
                waitingPictures,
                Integer.MAX_VALUE,
                ImageTokenizer.Options.DEFAULT.workingMemory());
    }

    public EngineLimits {
        require(picturesAtOnce, Integer.MAX_VALUE, "pictures at once");
        if (codingBytes < 1) {
            throw new IllegalArgumentException("memory for pixels must be at least 1 byte, not " + codingBytes);
        }
        require(rowsPerPass, 65_536, "rows per pass");
        require(promptPositionsPerPass, 65_536, "prompt positions per pass");
        require(waitingPictures, Integer.MAX_VALUE, "waiting pictures");
    }

    private static void require(int value, int most, String name) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("%s must be between 1 and %d, not %d".formatted(name, most, value));
        }
    }
}
