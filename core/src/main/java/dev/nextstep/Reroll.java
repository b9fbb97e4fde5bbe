package dev.nextstep;

import java.util.Optional;

/**
 * Another seed, and other settings if wanted, from some token of a picture on. Everything before it stays as it is, byte for
 * byte; what comes behind is drawn anew.
 *
 * @param token index of the first token that is drawn so, raster order, at least 0
 * @param seed any 64-bit number
 * @param settings how tokens are drawn from there on; empty if as before. Size, prompts and whether there is guidance are
 *     those of the whole picture
 */
public record Reroll(int token, long seed, Optional<DrawingSettings> settings) {
    public Reroll {
        if (token < 0) {
            throw new IllegalArgumentException("the first token of a reroll must be 0 or more, not " + token);
        }
    }

    /** Another seed with the same settings. */
    public Reroll(int token, long seed) {
        this(token, seed, Optional.empty());
    }

    /**
     * Returns if a picture that is begun with some settings can be gone on with by those of this.
     *
     * @throws IllegalArgumentException if not; the message says why
     */
    void requireGoesOn(DrawingSettings begun) {
        if (settings.isEmpty()) {
            return;
        }
        var later = settings.get();
        if (later.width() != begun.width() || later.height() != begun.height()) {
            throw new IllegalArgumentException(
                    "a picture keeps its size of %d x %d pixels to its end; %d x %d would be another picture"
                            .formatted(begun.width(), begun.height(), later.width(), later.height()));
        }
        if (!later.positivePrompt().equals(begun.positivePrompt())
                || !later.negativePrompt().equals(begun.negativePrompt())) {
            throw new IllegalArgumentException("a picture keeps its positive and negative prompts to its end");
        }
        requireBoth("guidance", begun.guidanceScale(), later.guidanceScale());
        requireBoth("image guidance", begun.imageGuidanceScale(), later.imageGuidanceScale());
    }

    // The rows of its prompts are there or not.
    private static void requireBoth(String what, float begun, float later) {
        if ((begun == 1) != (later == 1)) {
            throw new IllegalArgumentException(
                    "%s cannot be switched %s within a picture: it is begun with %s, so it cannot go on with %s"
                            .formatted(what, begun == 1 ? "on" : "off", begun, later));
        }
    }
}
