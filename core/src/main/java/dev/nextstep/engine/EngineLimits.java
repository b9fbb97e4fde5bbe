package dev.nextstep.engine;

/**
 * How much the engine takes on at once. They change when a picture is ready, never the picture.
 *
 * @param rowsPerPass most sequences that are drawn in one pass over the weights, guidance rows counted, 1 to 65 536. More
 *     than some dozens save no time and make every pass longer; pictures beyond take turns
 * @param promptPositionsPerPass most positions of prompts that are read in one pass while pictures are being drawn, 1 to
 *     65 536: how long the others may have to wait for a long prompt
 * @param waitingPictures most pictures that may be asked for and not yet drawn, at least 1; what is beyond is refused
 */
public record EngineLimits(int rowsPerPass, int promptPositionsPerPass, int waitingPictures) {
    /** 64 rows, 64 positions, 16 384 pictures. */
    public static final EngineLimits DEFAULT = new EngineLimits(64, 64, 16_384);

    public EngineLimits {
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
